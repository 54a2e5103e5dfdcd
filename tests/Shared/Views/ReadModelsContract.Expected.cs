using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Tests;

/// <summary>What happens, and what is expected of it.</summary>
public abstract partial class ReadModelsContract
{
    private void Happen(Random random, int number)
    {
        var (id, device, at) = ($"i{number}", Devices[random.Next(Devices.Length)], Noon.AddMinutes(number));
        var kind = random.Next(4) == 0 ? IncidentKind.Silence : IncidentKind.Behaviour;
        Append(Incident.StreamOf(id), new IncidentOpened(id, device, kind, (Severity)random.Next(3), "strange", null), at);
        var named = random.Next(3) switch { 0 => null, 1 => new SuspectedClass("flood", null, "T0814"), _ => new SuspectedClass("port scan", .5, "T0846") };
        for (var i = 0; i < random.Next(4); i++)
            Append(Incident.StreamOf(id), new AnomalyObserved(id, Scores[random.Next(Scores.Length)], 2, 1e-4, "m@1", "window-v1",
                named, [new(random.Next(2) == 0 ? "rate" : "size", "", "", 1, 1, 1), new("ttl", "", "", 1, 1, 1)],
                "strange", new("t", 0, number), 1 + i), at.AddSeconds(i));
        if (random.Next(3) == 0)
            Append(Incident.StreamOf($"i{number / 2}"), new IncidentEscalated($"i{number / 2}", device.Id, Severity.Low, Severity.Critical, ""), at);
        if (random.Next(2) == 0)
            Append(Incident.StreamOf($"i{number / 3}"), new IncidentClosed($"i{number / 3}", device.Id, (Disposition)random.Next(4), "me", ""), at.AddHours(1));
    }

    private int made;

    private void Append(string stream, DomainEvent @event, DateTimeOffset at) =>
        pending.Add(new StreamAppend(stream, null, [new NewEvent($"{made++}", @event, at)]));

    private async Task CommitAsync()
    {
        await store.CommitAsync(new Commit([.. pending]), Cancellation);
        pending.Clear();
    }

    private async Task<List<EventRow>> ExpectedAsync()
    {
        var events = await store.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);
        incidents = events.Where(e => e.Stream.StartsWith("incident-", StringComparison.Ordinal)).GroupBy(e => e.Stream[9..])
            .ToDictionary(g => g.Key, g => g.Aggregate((Incident?)null,
                (state, e) => Incident.Apply(state, e.Event!, e.OccurredAt)! with { Version = e.Version })!);
        return [.. events.Select(e => Row(e, e.Stream.StartsWith("incident-", StringComparison.Ordinal) ? incidents[e.Stream[9..]] : null))];
    }

    private Dictionary<string, Incident> incidents = [];

    private Incident Folded(string id) => incidents[id];

    private static EventRow Row(StoredEvent e, Incident? i) => new(e, i?.Id,
        i?.Device.Id ?? (e.Event as DeviceDiscovered)?.Device.Id ?? (e.Event as DeviceMuted)?.DeviceId,
        i?.Device.Ward ?? (e.Event as DeviceDiscovered)?.Device.Ward,
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
