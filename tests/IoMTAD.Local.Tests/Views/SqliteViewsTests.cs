using IoMTAD.Local.Views;
using IoMTAD.Views;

namespace IoMTAD.Local.Tests.Views;

public sealed class SqliteViewsTests : IAsyncDisposable
{
    private readonly TestStore store = new();
    private readonly SqliteViews views;

    public SqliteViewsTests() => views = new SqliteViews(store.Database, store.Events);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Views_follow_the_events_and_say_how_many_were_new()
    {
        await store.Events.CommitAsync(Story.Discovery, Cancellation);
        await store.Events.CommitAsync(Story.Incident(1), Cancellation);
        Assert.Equal(3, await views.CatchUpAsync(Cancellation));
        Assert.Equal(0, await views.CatchUpAsync(Cancellation));
        await store.Events.CommitAsync(Story.Incident(2), Cancellation);
        Assert.Equal(2, await views.CatchUpAsync(Cancellation));

        Assert.Equal(["i1", "i2"], (await views.ReadAsync(new IncidentsView(), Cancellation)).Select(i => i.Id));
        Assert.Equal(["i1", "i2"], Assert.Single(await views.ReadAsync(new DeviceHealthView(), Cancellation)).OpenIncidents.Keys);
        Assert.Equal(6, Assert.Single(await views.ReadAsync(new DetectionTimelineView(), Cancellation)).StrangeSegments);
    }

    [Fact]
    public async Task However_many_catch_up_at_once_each_event_is_folded_once()
    {
        const int Incidents = 1200;
        await store.Events.CommitAsync(Story.Discovery, Cancellation);
        for (var i = 0; i < Incidents; i++) await store.Events.CommitAsync(Story.Incident(i), Cancellation);
        SqliteViews[] readers = [.. Enumerable.Range(0, 4).Select(_ => new SqliteViews(store.Database, store.Events))];

        var folded = await Task.WhenAll(readers.Select(reader => Task.Run(() => reader.CatchUpAsync(Cancellation), Cancellation)));

        Assert.Equal(1 + Incidents * 2, folded.Sum());
        Assert.Equal(Incidents, Assert.Single(await views.ReadAsync(new DeviceHealthView(), Cancellation)).Incidents);
        Assert.All(await views.ReadAsync(new IncidentsView(), Cancellation), incident => Assert.Equal(3, incident.Segments));
    }

    [Fact]
    public async Task A_rebuild_beside_readers_that_catch_up_ends_with_the_same_rows()
    {
        await store.Events.CommitAsync(Story.Discovery, Cancellation);
        for (var i = 0; i < 700; i++) await store.Events.CommitAsync(Story.Incident(i), Cancellation);
        await views.CatchUpAsync(Cancellation);
        var before = await RowsAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            () => i % 3 == 0 ? views.RebuildAsync(Cancellation) : views.CatchUpAsync(Cancellation), Cancellation)));
        await views.CatchUpAsync(Cancellation);

        Assert.Equal(before, await RowsAsync());
    }

    private async Task<List<string>> RowsAsync() =>
    [
        .. (await views.ReadAsync(new IncidentsView(), Cancellation)).Select(ViewJson.Write),
        .. (await views.ReadAsync(new DeviceHealthView(), Cancellation)).Select(ViewJson.Write),
        .. (await views.ReadAsync(new DetectionTimelineView(), Cancellation)).Select(ViewJson.Write),
    ];
}
