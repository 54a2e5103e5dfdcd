using IoMTAD.Hosting.Response;
using IoMTAD.Local.Views;
using IoMTAD.Recording;
using IoMTAD.Tests;
using IoMTAD.Views;

namespace IoMTAD.Local.Tests.Views;

public sealed class SqliteReadModelsTests : ReadModelsContract
{
    private readonly TestStore store = new();

    protected override Task<(IEventStore Store, IReadModels Read, INotificationReads Notifications)> OpenAsync() =>
        Task.FromResult<(IEventStore, IReadModels, INotificationReads)>((store.Events, new SqliteReadModels(store.Database, store.Events),
            new SqliteNotificationQueries(store.Database, new SqliteViews(store.Database, store.Events))));

    public override ValueTask DisposeAsync() => store.DisposeAsync();
}
