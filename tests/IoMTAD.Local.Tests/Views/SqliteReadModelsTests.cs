using IoMTAD.Capture;
using IoMTAD.Local.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Local.Tests.Views;

/// <summary>Each answer is held against one that is reckoned in memory, from the same events.</summary>
public sealed class SqliteReadModelsTests : IAsyncLifetime
{
    private const int Incidents = 120;

    private static readonly DateTimeOffset Noon = Story.Noon;
    private static readonly InventoryDevice[] Devices =
        [.. Enumerable.Range(0, 8).Select(i => new InventoryDevice($"02:00:00:00:00:{i:x2}", $"device-{i}", i % 2 == 0 ? "pump" : "monitor", $"ward-{i % 3}"))];

    private static readonly double[] Scores = [1, 2.5, -3, 0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-300, 7];

    private readonly TestStore store = new();
    private SqliteReadModels read = null!;
    private List<EventRow> all = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        read = new SqliteReadModels(store.Database, store.Events);
        var random = new Random(5);
        foreach (var device in Devices) await AppendAsync(Device.StreamOf(device), new DeviceDiscovered(device), Noon);
        for (var i = 0; i < Incidents; i++)
        {
            await HappenAsync(random, i);
            // Folded in small steps, so that events are found by what their incident became later.
            if (i % 7 == 0) await read.IncidentsAsync(new IncidentQuery(), Cancellation);
        }
        await AppendAsync("suppression-s", new DeviceMuted("s", "device-1", Noon, Noon.AddHours(1), "me"), Noon);
        all = await ExpectedAsync();
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    public static TheoryData<EventQuery> EventQueries =>
    [.. (EventQuery[])[
        new(), new() { DeviceId = "device-3" }, new() { Ward = "ward-1", Sort = EventSort.Score }, new() { Kind = IncidentKind.Silence },
        new() { Class = "port scan", Descending = true }, new() { Severity = Severity.High }, new() { Disposition = Disposition.TrueAttack },
        new() { Type = nameof(AnomalyObserved), Sort = EventSort.Score, Descending = true }, new() { Feature = "rate" }, new() { Feature = "size", MinScore = 0 },
        new() { MinScore = 1, Sort = EventSort.Position, Descending = true }, new() { MaxScore = 1 }, new() { MaxScore = double.NegativeInfinity },
        new() { From = Noon.AddMinutes(30), To = Noon.AddMinutes(60) }, new() { Ward = "ward-2", Class = "flood", Severity = Severity.Medium, Sort = EventSort.Score },
        new() { DeviceId = "device-1", Type = nameof(DeviceMuted) }, new() { DeviceId = "nobody" }, new() { Feature = "nothing" }, new() { Sort = EventSort.Score },
        new() { IncidentId = "i5" }, new() { IncidentId = "none" }, new() { Ward = "'; DROP TABLE events; --" },
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
        await HappenAsync(new Random(1), 1000);
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
        await store.Events.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 1), []) { Clock = Noon }), Cancellation);
        await store.Events.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 2), [])), Cancellation);
        Assert.Equal(Noon, await read.TrafficClockAsync(Cancellation));
        Assert.Equal(Noon, (await store.Events.ReadCheckpointAsync("t", 0, Cancellation))!.Clock);
    }

    private async Task HappenAsync(Random random, int number)
    {
        var (id, device, at) = ($"i{number}", Devices[random.Next(Devices.Length)], Noon.AddMinutes(number));
        var kind = random.Next(4) == 0 ? IncidentKind.Silence : IncidentKind.Behaviour;
        await AppendAsync(Incident.StreamOf(id), new IncidentOpened(id, device, kind, (Severity)random.Next(3), "strange", null), at);
        var named = random.Next(3) switch { 0 => null, 1 => new SuspectedClass("flood", null, "T0814"), _ => new SuspectedClass("port scan", .5, "T0846") };
        for (var i = 0; i < random.Next(4); i++)
            await AppendAsync(Incident.StreamOf(id), new AnomalyObserved(id, Scores[random.Next(Scores.Length)], 2, 1e-4, "m@1", "window-v1",
                named, [new(random.Next(2) == 0 ? "rate" : "size", "", "", 1, 1, 1), new("ttl", "", "", 1, 1, 1)], "strange", new("t", 0, number), 1 + i), at.AddSeconds(i));
        if (random.Next(3) == 0) await AppendAsync(Incident.StreamOf($"i{number / 2}"), new IncidentEscalated($"i{number / 2}", device.Id, Severity.Low, Severity.Critical, ""), at);
        if (random.Next(2) == 0)
            await AppendAsync(Incident.StreamOf($"i{number / 3}"), new IncidentClosed($"i{number / 3}", device.Id, (Disposition)random.Next(4), "me", ""), at.AddHours(1));
    }

    private int made;

    private Task AppendAsync(string stream, DomainEvent @event, DateTimeOffset at) =>
        store.Events.CommitAsync(new Commit([new StreamAppend(stream, null, [new NewEvent($"{made++}", @event, at)])]), Cancellation);

    private async Task<List<EventRow>> ExpectedAsync()
    {
        var events = await store.Events.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);
        incidents = events.Where(e => e.Stream.StartsWith("incident-", StringComparison.Ordinal)).GroupBy(e => e.Stream[9..])
            .ToDictionary(g => g.Key, g => g.Aggregate((Incident?)null, (state, e) => Incident.Apply(state, e.Event!, e.OccurredAt)! with { Version = e.Version })!);
        return [.. events.Select(e => Row(e, e.Stream.StartsWith("incident-", StringComparison.Ordinal) ? incidents[e.Stream[9..]] : null))];
    }

    private Dictionary<string, Incident> incidents = [];

    private Incident Folded(string id) => incidents[id];

    private static EventRow Row(StoredEvent e, Incident? i) => new(e, i?.Id,
        i?.Device.Id ?? (e.Event as DeviceDiscovered)?.Device.Id ?? (e.Event as DeviceMuted)?.DeviceId, i?.Device.Ward ?? (e.Event as DeviceDiscovered)?.Device.Ward,
        i?.Kind, i?.Suspected?.Name, i?.Severity, (e.Event as AnomalyObserved)?.Score, i?.Disposition);

    private static bool Fits(EventQuery q, EventRow r) =>
        (q.DeviceId is null || r.DeviceId == q.DeviceId) && (q.Ward is null || r.Ward == q.Ward) && (q.Kind is null || r.Kind == q.Kind)
        && (q.Class is null || r.Class == q.Class) && (q.Severity is null || r.Severity >= q.Severity)
        && (q.Disposition is null || r.Disposition == q.Disposition) && (q.IncidentId is null || r.IncidentId == q.IncidentId)
        && (q.Type is null || r.Event.Type == q.Type) && (q.MinScore is null || r.Score >= q.MinScore) && (q.MaxScore is null || r.Score <= q.MaxScore)
        && (q.From is null || r.Event.OccurredAt >= q.From) && (q.To is null || r.Event.OccurredAt < q.To)
        && (q.Feature is null || ((r.Event.Event as AnomalyObserved)?.Features.Any(f => f.Name == q.Feature) ?? false));

    private static IEnumerable<EventRow> Ordered(IEnumerable<EventRow> rows, EventQuery q)
    {
        // Nullable doubles compare as the list promises: none, NaN, then by size.
        var sorted = q.Sort switch
        {
            EventSort.Score => rows.OrderBy(r => r.Score),
            EventSort.Time => rows.OrderBy(r => r.Event.OccurredAt),
            _ => rows.OrderBy(r => r.Event.Position),
        };
        var inOrder = sorted.ThenBy(r => r.Event.Position).ToList();
        if (q.Descending) inOrder.Reverse();
        return inOrder;
    }

    private static bool Fits(IncidentQuery q, Incident i) =>
        (q.Open is null || i.IsOpen == q.Open) && (q.DeviceId is null || i.Device.Id == q.DeviceId) && (q.Ward is null || i.Device.Ward == q.Ward)
        && (q.Kind is null || i.Kind == q.Kind) && (q.Class is null || i.Suspected?.Name == q.Class) && (q.Severity is null || i.Severity >= q.Severity)
        && (q.Disposition is null || i.Disposition == q.Disposition) && (q.From is null || i.OpenedAt >= q.From) && (q.To is null || i.OpenedAt < q.To);

    private static double Key(IncidentSort sort, Incident i) => sort switch
    {
        IncidentSort.OpenedAt => i.OpenedAt.UtcTicks,
        IncidentSort.LastSeenAt => i.LastSeenAt.UtcTicks,
        IncidentSort.Severity => (double)i.Severity,
        _ => i.HighestScore,
    };

    private static string Told(EventRow r) => $"{r.IncidentId} {r.DeviceId} {r.Ward} {r.Kind} {r.Class} {r.Severity} {r.Score} {r.Disposition}";
}
