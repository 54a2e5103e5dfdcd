using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Response;

/// <summary>All of it by the role of a running host.</summary>
public sealed class MartenOutboxTests(PostgresServer server) : SqlOutboxContract
{
    private MartenRecord? record;

    protected override async Task<ITransactionalStore> OpenStoreAsync()
    {
        var database = await server.RecordAsync();
        record = new MartenRecord(database.Open(), Sample.Clock, new OutboxFollower());
        return record.Store;
    }

    public override async ValueTask DisposeAsync()
    {
        // Nothing was opened where the server is missing.
        if (record is null) return;
        await base.DisposeAsync();
        await record.DisposeAsync();
    }
}
