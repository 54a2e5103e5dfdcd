using IoMTAD.Recording;
using IoMTAD.Response;
using IoMTAD.Tests;
using Npgsql;

namespace IoMTAD.Functions.Tests.Recording;

/// <summary>All of it by the role of a running host.</summary>
public sealed class MartenEventStoreTests(PostgresServer server) : EventStoreContract
{
    private readonly List<MartenRecord> opened = [];
    private PostgresDatabase database = null!;

    // The outbox of this host has a contract of its own.
    protected override async Task<(IEventStore Store, IOutbox Outbox)> OpenAsync()
    {
        database = await server.RecordAsync();
        return (await ReopenAsync(), null!);
    }

    protected override Task<IEventStore> ReopenAsync()
    {
        opened.Add(new MartenRecord(database.Open()));
        return Task.FromResult<IEventStore>(opened[^1].Store);
    }

    public override async ValueTask DisposeAsync()
    {
        // Nothing was opened where the server is missing.
        if (opened.Count > 0) await base.DisposeAsync();
        foreach (var record in opened) await record.DisposeAsync();
    }
}
