using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Views;
using IoMTAD.Hosting.Response;
using IoMTAD.Recording;
using IoMTAD.Tests;
using IoMTAD.Views;

namespace IoMTAD.Functions.Tests.Views;

/// <summary>By the role of a running host.</summary>
public sealed class RecordReadModelsTests(PostgresServer server) : ReadModelsContract
{
    private MartenRecord? record;

    protected override async Task<(IEventStore Store, IReadModels Read, INotificationReads Notifications)> OpenAsync()
    {
        var views = new RecordViews();
        record = new MartenRecord((await server.RecordAsync()).Open(), followers: views);
        return (record.Store, new RecordReadModels(record.Source, record.Store, views), new RecordNotificationReads(record.Source, record.Store, views));
    }

    public override async ValueTask DisposeAsync()
    {
        if (record is not null) await record.DisposeAsync();
    }
}
