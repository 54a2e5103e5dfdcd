using System.Data.Common;
using IoMTAD.Functions.Recording;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Views;
using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Functions.Tests.Views;

/// <summary>Rows as they grow with the record, by the role of a running host.</summary>
public sealed class RecordViewsTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly string[] Tables =
        ["view_positions", "view_rows", "event_index", "incident_index", "device_index", "notification_index", "device_hours", "class_hours"];

    private readonly RecordViews views = new() { SliceSize = 40 };
    private PostgresDatabase database = null!;
    private MartenRecord record = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await server.RecordAsync();
        record = new MartenRecord(database.Open(), followers: views);
    }

    public async ValueTask DisposeAsync()
    {
        if (record is not null) await record.DisposeAsync();
    }

    [Fact]
    public async Task Rows_that_grew_with_the_record_are_those_that_a_rebuild_makes()
    {
        foreach (var commit in new ManyEvents(3).Commits(150)) await record.Store.CommitAsync(commit, Cancellation);
        var grown = await RowsAsync();
        Assert.Equal(0, await views.CatchUpAsync(record.Store, null, Cancellation));

        var head = await record.Store.ReadHeadAsync(Cancellation);
        var reports = new List<long>();
        Assert.Equal(head, await views.RebuildAsync(record.Store, new Reports(reports), Cancellation));

        Assert.Equal(grown, await RowsAsync());
        Assert.Equal((head + 39) / 40, reports.Count);
        foreach (var table in Tables) Assert.Contains(grown, row => row.StartsWith(table, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_the_rows_as_they_were()
    {
        var events = new ManyEvents(4);
        foreach (var commit in events.Commits(20)) await record.Store.CommitAsync(commit, Cancellation);
        var before = await RowsAsync();
        await using var failing = new MartenRecord(database.Open(), null, views, new Failing());
        await Assert.ThrowsAsync<NotSupportedException>(() => failing.Store.CommitAsync(events.Next(30), Cancellation));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task Rows_behind_the_record_are_brought_up_to_it_by_the_next_question_and_grow_on()
    {
        await using var without = new MartenRecord(database.Open());
        var events = new ManyEvents(5);
        foreach (var commit in events.Commits(30)) await without.Store.CommitAsync(commit, Cancellation);
        await record.Store.CommitAsync(events.Next(3), Cancellation);
        Assert.Empty(await RowsAsync());

        var behind = new RecordReadModels(record.Source, record.Store, new RecordViews { SliceSize = 10 });
        Assert.Single((await behind.EventsAsync(new EventQuery { Limit = 1 }, Cancellation)).Items);
        Assert.Equal(await record.Store.ReadHeadAsync(Cancellation), await CountAsync());
        await record.Store.CommitAsync(events.Next(5), Cancellation);
        Assert.Equal(0, await views.CatchUpAsync(record.Store, null, Cancellation));
        var grown = await RowsAsync();
        Assert.Equal(await record.Store.ReadHeadAsync(Cancellation), await views.RebuildAsync(record.Store, null, Cancellation));
        Assert.Equal(grown, await RowsAsync());
    }

    [Fact]
    public async Task Appends_go_on_while_the_rows_are_rebuilt()
    {
        var events = new ManyEvents(6);
        foreach (var commit in events.Commits(60)) await record.Store.CommitAsync(commit, Cancellation);
        var rebuilding = Task.Run(() => views.RebuildAsync(record.Store, null, Cancellation), Cancellation);
        foreach (var commit in events.Commits(40)) await record.Store.CommitAsync(commit, Cancellation);
        await rebuilding;
        Assert.Equal(await record.Store.ReadHeadAsync(Cancellation), await CountAsync());
        var grown = await RowsAsync();
        await views.RebuildAsync(record.Store, null, Cancellation);
        Assert.Equal(grown, await RowsAsync());
    }

    [Theory]
    [InlineData(RecordViews.Version - 1, true)]
    [InlineData(RecordViews.Version + 1, false)]
    public async Task Rows_of_an_earlier_version_are_made_anew_and_those_of_a_later_one_left_alone(int version, bool madeAnew)
    {
        await record.Store.CommitAsync(Story.Incident(1), Cancellation);
        await database.ExecuteAsync($"UPDATE view_positions SET version = {version}; UPDATE view_rows SET data = replace(data, 'strange', 'changed')");
        await record.Store.CommitAsync(Story.Incident(2), Cancellation);

        var found = await Reads().IncidentsAsync(new IncidentQuery(), Cancellation);
        if (madeAnew) Assert.Equal(["strange", "strange"], found.Items.Select(i => i.Summary));
        else Assert.Equal("changed", Assert.Single(found.Items).Summary);
    }

    [Fact]
    public async Task Events_are_found_by_odd_names()
    {
        foreach (var commit in new ManyEvents(7).Commits(100)) await record.Store.CommitAsync(commit, Cancellation);
        foreach (var name in ManyEvents.OddNames.Where(n => n.Length > 0))
            foreach (var query in (EventQuery[])[new() { Ward = name }, new() { Class = name }, new() { Feature = name }])
                Assert.NotEmpty((await Reads().EventsAsync(query, Cancellation)).Items);
        Assert.Contains((await Reads().EventsAsync(new EventQuery { Ward = "Ärzte 🏥" }, Cancellation)).Items, e => e.Ward == "Ärzte 🏥");
    }

    [Fact]
    public async Task A_host_finds_the_views_among_its_services()
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:Record"] = database.ConnectionString(PostgresDatabase.RuntimeRole) }).Build())
            .AddRecord().AddViews().BuildServiceProvider();
        await services.GetRequiredService<IEventStore>().CommitAsync(Story.Incident(1, "ward"), Cancellation);
        Assert.Equal("i1", (await services.GetRequiredService<IReadModels>().IncidentAsync("i1", Cancellation))?.Id);
        Assert.Equal("ward", (await services.GetRequiredService<INotificationReads>().FindAsync("i1 told", Cancellation))?.Channel);
    }

    private RecordReadModels Reads() => new(record.Source, record.Store, views);

    private async Task<int> CountAsync() => (await Reads().EventsAsync(new EventQuery { Limit = 10_000 }, Cancellation)).Items.Count;

    /// <summary>All rows of all tables, whatever their order in them.</summary>
    private async Task<List<string>> RowsAsync()
    {
        var each = string.Join(" UNION ALL ", Tables.Select(t => $"SELECT '{t} ' || t::text COLLATE \"C\" AS row FROM {t} AS t"));
        await using var command = record.Source.CreateCommand($"SELECT * FROM ({each}) AS rows ORDER BY row");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<string> rows = [];
        while (await reader.ReadAsync(Cancellation)) rows.Add(reader.GetString(0));
        return rows;
    }

    private sealed class Reports(List<long> reports) : IProgress<long>
    {
        public void Report(long value) => reports.Add(value);
    }

    private sealed class Failing : ICommitFollower
    {
        public Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> appended, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
