using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Response;
using IoMTAD.Tests;
using IoMTAD.Tests.Response;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Tests.Response;

public sealed class SqliteOutboxTests : SqlOutboxContract
{
    private readonly TestStore store = new(new ManualTime());

    protected override Task<ITransactionalStore> OpenStoreAsync() => Task.FromResult<ITransactionalStore>(store.Events);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_store_of_before_there_were_leases_keeps_what_waited_in_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File(SqliteDatabase.FileName);
        await using (var old = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            old.Open();
            await using var command = old.CreateCommand();
            command.CommandText = """
                CREATE TABLE outbox (id TEXT PRIMARY KEY, due_at INTEGER, attempts INTEGER NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;
                INSERT INTO outbox VALUES ('n1', 1, 2, '{"notificationId":"n1","incidentId":"i","channel":"pager","severity":"High",' ||
                    '"device":{"address":"02:00:00:00:00:01","id":"pump-01","kind":"infusion-pump","ward":"icu-1"},"text":"strange"}');
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await using var database = SqliteDatabase.Open(folder.Path);
        var outbox = new SqlOutbox(new SqliteEventStore(database, TimeProvider.System), "me");

        var taken = await outbox.TakeAsync("pager", queue => new DispatchPlan(queue.Due, [], [], null), DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1),
            TestContext.Current.CancellationToken);

        var message = Assert.Single(taken.Messages);
        Assert.Equal(("n1", 2, "pump-01"), (message.Id, message.Attempts, message.Notification.Device?.Id));
    }
}
