using IoMTAD.Capture;
using IoMTAD.Hosting.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Tests;

/// <summary>What every store's read models answer: each answer is held against one that is reckoned in memory, from the same events.</summary>
public abstract partial class ReadModelsContract : IAsyncLifetime
{
    private const int Incidents = 120;

    private static readonly DateTimeOffset Noon = Story.Noon;
    private static readonly InventoryDevice[] Devices =
        [.. Enumerable.Range(0, 8).Select(i => new InventoryDevice($"02:00:00:00:00:{i:x2}", $"device-{i}", i % 2 == 0 ? "pump" : "monitor", $"ward-{i % 3}"))];

    private static readonly double[] Scores = [1, 2.5, -3, 0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-300, 7];

    private readonly List<StreamAppend> pending = [];
    private IEventStore store = null!;
    private IReadModels read = null!;
    private INotificationReads notifications = null!;
    private List<EventRow> all = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A new store with nothing in it, and what answers from it.</summary>
    protected abstract Task<(IEventStore Store, IReadModels Read, INotificationReads Notifications)> OpenAsync();

    public abstract ValueTask DisposeAsync();

    public async ValueTask InitializeAsync()
    {
        (store, read, notifications) = await OpenAsync();
        var random = new Random(5);
        foreach (var device in Devices) Append(Device.StreamOf(device), new DeviceDiscovered(device), Noon);
        for (var i = 0; i < Incidents; i++)
        {
            Happen(random, i);
            // Folded in small steps, so that events are found by what their incident became later.
            if (i % 7 != 0) continue;
            await CommitAsync();
            await read.IncidentsAsync(new IncidentQuery(), Cancellation);
        }
        Append("suppression-s", new DeviceMuted("s", "device-1", Noon, Noon.AddHours(1), "me"), Noon);
        await CommitAsync();
        all = await ExpectedAsync();
    }

    public static TheoryData<EventQuery> EventQueries =>
    [.. (EventQuery[])[
        new(), new() { DeviceId = "device-3" }, new() { Ward = "ward-1", Sort = EventSort.Score }, new() { Kind = IncidentKind.Silence },
        new() { Class = "port scan", Descending = true }, new() { Severity = Severity.High }, new() { Disposition = Disposition.TrueAttack },
        new() { Type = nameof(AnomalyObserved), Sort = EventSort.Score, Descending = true },
        new() { Feature = "rate" }, new() { Feature = "size", MinScore = 0 },
        new() { MinScore = 1, Sort = EventSort.Position, Descending = true }, new() { MaxScore = 1 }, new() { MaxScore = double.NegativeInfinity },
        new() { From = Noon.AddMinutes(30), To = Noon.AddMinutes(60) },
        new() { Ward = "ward-2", Class = "flood", Severity = Severity.Medium, Sort = EventSort.Score },
        new() { DeviceId = "device-1", Type = nameof(DeviceMuted) }, new() { DeviceId = "nobody" },
        new() { Feature = "nothing" }, new() { Sort = EventSort.Score },
        new() { IncidentId = "i5" }, new() { IncidentId = "none" }, new() { Ward = "'; DROP TABLE events; --" }, new() { Ward = "a\0b" },
        new() { Class = "\ud83d" }, new() { DeviceId = new string('x', 9000) }, new() { MinScore = double.PositiveInfinity },
        new() { Disposition = Disposition.Malfunction, Sort = EventSort.Score, Descending = true },
        new() { Type = nameof(IncidentClosed), Sort = EventSort.Position },
    ]];

    public static TheoryData<IncidentQuery> IncidentQueries =>
    [.. (IncidentQuery[])[
        new(), new() { Open = true }, new() { Open = false, Descending = false }, new() { DeviceId = "device-2", Sort = IncidentSort.Score },
        new() { Ward = "ward-0", Sort = IncidentSort.Severity }, new() { Kind = IncidentKind.Silence, Sort = IncidentSort.LastSeenAt },
        new() { Class = "flood" }, new() { Severity = Severity.High, Open = true, Sort = IncidentSort.Score }, new() { Disposition = Disposition.FalseAlarm },
        new() { From = Noon.AddMinutes(10), To = Noon.AddMinutes(40), Descending = false }, new() { Class = "unheard" },
    ]];

    [Theory]
    [MemberData(nameof(EventQueries), DisableDiscoveryEnumeration = true)]
    public async Task Pages_of_events_give_each_that_was_asked_for_once_and_in_order(EventQuery query)
    {
        List<EventRow> found = [];
        for (string? after = null; ;)
        {
            var page = await read.EventsAsync(query with { After = after, Limit = 7 }, Cancellation);
            Assert.True(page.Items.Count <= 7);
            found.AddRange(page.Items);
            if ((after = page.Next) is null) break;
        }
        var expected = Ordered(all.Where(row => Fits(query, row)), query).ToList();
        Assert.Equal(expected.Select(r => r.Event.Position), found.Select(r => r.Event.Position));
        Assert.Equal(expected.Select(Told), found.Select(Told));
    }

    [Theory]
    [MemberData(nameof(IncidentQueries), DisableDiscoveryEnumeration = true)]
    public async Task Pages_of_incidents_give_each_that_was_asked_for_once_and_in_order(IncidentQuery query)
    {
        List<Incident> found = [];
        for (string? after = null; ;)
        {
            var page = await read.IncidentsAsync(query with { After = after, Limit = 4 }, Cancellation);
            found.AddRange(page.Items);
            if ((after = page.Next) is null) break;
        }
        var expected = all.Select(r => r.IncidentId).OfType<string>().Distinct().Select(Folded).Where(i => Fits(query, i)).Select(i => i.Id);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Select(i => i.Id).Order(StringComparer.Ordinal));
        var keys = found.Select(i => Key(query.Sort, i)).ToList();
        Assert.Equal(query.Descending ? keys.OrderDescending() : keys.Order(), keys);
        Assert.All(found, incident => Assert.Equal(Folded(incident.Id), incident));
    }

    [Fact]
    public async Task Pages_keep_their_place_while_rows_come()
    {
        var first = await read.IncidentsAsync(new IncidentQuery { Limit = 10 }, Cancellation);
        Happen(new Random(1), 1000);
        await CommitAsync();
        var second = await read.IncidentsAsync(new IncidentQuery { Limit = 10, After = first.Next }, Cancellation);
        Assert.Empty(first.Items.Select(i => i.Id).Intersect(second.Items.Select(i => i.Id)));
        Assert.True(second.Items[0].OpenedAt <= first.Items[^1].OpenedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("' OR 1=1 --")]
    [InlineData("ZXZlbnRzIFRpbWUgRmFsc2UKMAox")]
    public async Task A_made_up_place_to_go_on_from_is_refused(string after)
    {
        await Assert.ThrowsAsync<FormatException>(() => read.EventsAsync(new EventQuery { After = after }, Cancellation));
        await Assert.ThrowsAsync<FormatException>(() => read.IncidentsAsync(new IncidentQuery { After = after }, Cancellation));
        await Assert.ThrowsAsync<FormatException>(() => read.DevicesAsync(new DeviceQuery { After = after }, Cancellation));
        await Assert.ThrowsAsync<FormatException>(() => notifications.PageAsync(null, after, 1, Cancellation));
    }

    [Fact]
    public async Task A_place_in_another_list_or_order_is_refused()
    {
        var page = await read.EventsAsync(new EventQuery { Limit = 3 }, Cancellation);
        await Assert.ThrowsAsync<FormatException>(() => read.EventsAsync(new EventQuery { After = page.Next, Sort = EventSort.Score }, Cancellation));
        await Assert.ThrowsAsync<FormatException>(() => read.IncidentsAsync(new IncidentQuery { After = page.Next }, Cancellation));
    }

    [Theory]
    [InlineData("WARD-1", 3)]
    [InlineData("device-", 8)]
    [InlineData("00:00:07", 1)]
    [InlineData("pump", 4)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("\\", 0)]
    [InlineData("a\0", 0)]
    [InlineData("\ud83d", 0)]
    public async Task Devices_are_found_by_a_part_of_what_they_are_called(string word, int count)
    {
        var first = await read.DevicesAsync(new DeviceQuery { Search = word, Limit = 3 }, Cancellation);
        var rest = first.Next is null ? null : await read.DevicesAsync(new DeviceQuery { Search = word, After = first.Next }, Cancellation);
        var found = first.Items.Concat(rest?.Items ?? []).Select(d => d.Device.Id).ToList();
        Assert.Equal(count, found.Count);
        Assert.Equal(found.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task Hours_add_up_to_what_was_observed()
    {
        var anomalies = all.Where(r => r.Event.Event is AnomalyObserved).ToList();
        var devices = await read.DeviceHoursAsync(Noon, Noon.AddDays(1), 100, Cancellation);
        var classes = await read.ClassHoursAsync(Noon, Noon.AddDays(1), Cancellation);

        Assert.Equal(anomalies.Sum(r => ((AnomalyObserved)r.Event.Event!).Segments), devices.Sum(h => h.StrangeSegments));
        Assert.Equal(Incidents, devices.Sum(h => h.Incidents));
        Assert.Equal(devices.Sum(h => h.StrangeSegments), classes.Sum(h => h.StrangeSegments));
        Assert.Equal(Incidents, classes.Sum(h => h.Incidents));
        Assert.Equal(anomalies.Where(r => r.DeviceId == "device-4").Sum(r => ((AnomalyObserved)r.Event.Event!).Segments),
            devices.Where(h => h.DeviceId == "device-4").Sum(h => h.StrangeSegments));
        var busiest = Assert.Single((await read.DeviceHoursAsync(Noon, Noon.AddDays(1), 1, Cancellation)).Select(h => h.DeviceId).Distinct());
        Assert.Equal(devices.GroupBy(h => h.DeviceId).MaxBy(g => g.Sum(h => h.StrangeSegments))!.Key, busiest);
        Assert.Empty(await read.DeviceHoursAsync(Noon.AddDays(2), Noon.AddDays(3), 10, Cancellation));
    }

    [Fact]
    public async Task Single_rows_suppressions_and_minutes_are_found()
    {
        Assert.Equal(Folded("i3"), await read.IncidentAsync("i3", Cancellation));
        Assert.Null(await read.IncidentAsync("none", Cancellation));
        Assert.Equal("device-2", (await read.DeviceAsync("device-2", Cancellation))!.Device.Id);
        Assert.Equal("s", Assert.Single(await read.SuppressionsAsync(Noon, Cancellation)).Id);
        Assert.Empty(await read.SuppressionsAsync(Noon.AddHours(2), Cancellation));
        Assert.Single(await read.SuppressionsAsync(null, Cancellation));
        var minutes = await read.TimelineAsync(Noon.AddMinutes(5), Noon.AddMinutes(8), Cancellation);
        Assert.Equal([5, 6, 7], minutes.Select(m => m.Minute.Minute));
    }

    [Fact]
    public async Task The_traffic_clock_is_stored_with_the_checkpoint()
    {
        Assert.Null(await read.TrafficClockAsync(Cancellation));
        await store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 1), []) { Clock = Noon }), Cancellation);
        await store.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 2), [])), Cancellation);
        Assert.Equal(Noon, await read.TrafficClockAsync(Cancellation));
        Assert.Equal(Noon, (await store.ReadCheckpointAsync("t", 0, Cancellation))!.Clock);
    }

    [Fact]
    public async Task Pages_are_of_a_length_that_can_be_borne()
    {
        foreach (var least in (int[])[int.MinValue, 0, 1])
        {
            Assert.Single((await read.EventsAsync(new EventQuery { Limit = least }, Cancellation)).Items);
            Assert.Single((await read.IncidentsAsync(new IncidentQuery { Limit = least }, Cancellation)).Items);
            Assert.Single((await read.DevicesAsync(new DeviceQuery { Limit = least }, Cancellation)).Items);
        }
        Assert.Equal(all.Count, (await read.EventsAsync(new EventQuery { Limit = int.MaxValue }, Cancellation)).Items.Count);
    }

    [Fact]
    public async Task Notifications_are_listed_newest_first_with_what_became_of_them()
    {
        var stream = Incident.StreamOf("i1");
        foreach (var id in (string[])["a", "b", "c", "d"])
            Append(stream, new NotificationRequested(id, "i1", "ward", Severity.High, Devices[0], "text"), Noon);
        Append(stream, new NotificationDelivered("a", "i1", "ward", 2), Noon);
        Append(stream, new NotificationFailed("b", "i1", "ward", 5, "no line", WillRetry: false), Noon);
        Append(stream, new NotificationFailed("c", "i1", "ward", 1, "no line", WillRetry: true), Noon);
        await CommitAsync();

        var first = await notifications.PageAsync(null, null, 3, Cancellation);
        var rest = await notifications.PageAsync(null, first.Next, 3, Cancellation);
        Assert.Equal(["d", "c", "b", "a"], first.Items.Concat(rest.Items).Select(n => n.Id));
        Assert.Null(rest.Next);
        Assert.Equal(["d", "c"], (await notifications.PageAsync(MessageState.Waiting, null, 9, Cancellation)).Items.Select(n => n.Id));
        var failed = (await notifications.FindAsync("b", Cancellation)) is { } b ? (b.State, b.Attempts, b.LastError) : default;
        Assert.Equal((MessageState.Failed, 5, "no line"), failed);
        Assert.Null(await notifications.FindAsync("none", Cancellation));
        await Assert.ThrowsAsync<FormatException>(() => read.DevicesAsync(new DeviceQuery { After = first.Next }, Cancellation));
    }
}
