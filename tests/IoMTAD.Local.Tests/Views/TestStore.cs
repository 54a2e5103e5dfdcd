using IoMTAD.Hosting.Response;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Views;

/// <summary>An event store of a test's own.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    public TestStore(TimeProvider? time = null)
    {
        Database = SqliteDatabase.Open(folder.Path);
        Events = new SqliteEventStore(Database, time ?? TimeProvider.System);
        Outbox = new SqlOutbox(Events, LeaseOwner.Own, LeaseOwner.IsAlive);
    }

    public SqliteDatabase Database { get; }

    public SqliteEventStore Events { get; }

    public SqlOutbox Outbox { get; }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
