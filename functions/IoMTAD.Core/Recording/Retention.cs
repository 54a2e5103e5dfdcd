using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Records;

namespace IoMTAD.Recording;

/// <param name="Evidence">How long evidence stays after the incident was closed, by the host's clock; null for ever.</param>
/// <param name="Texts">The same for personal texts.</param>
public sealed record RetentionRule(TimeSpan? Evidence, TimeSpan? Texts);

/// <param name="Held">Incidents that a legal hold kept as they are.</param>
public sealed record RetentionResult(int Incidents, int Segments, int Texts, int Held);

/// <summary>Lets evidence and texts of closed incidents expire, on record; never of one that is open or held, nor what such a one needs too.</summary>
/// <param name="by">The account.</param>
/// <param name="dryRun">Only says what would go.</param>
public sealed class Retention(IEventStore store, DateTimeOffset now, RetentionRule rule, string by, bool dryRun)
{
    /// <summary>Digests of a day-long flood do not fit one event.</summary>
    private const int SegmentsPerEvent = 1000;

    /// <exception cref="WrongExpectedVersionException">Something happened to an incident meanwhile; those before it are done.</exception>
    /// <param name="incidents">All there are: what one must keep, another must not let go.</param>
    public async Task<RetentionResult> RunAsync(IReadOnlyCollection<Incident> incidents, CancellationToken cancellation = default)
    {
        var (expired, segments, texts, held) = (0, 0, 0, 0);
        // Of one segment two incidents may be made, as by another model on the same traffic; both are the same device's.
        foreach (var ofDevice in incidents.GroupBy(i => i.Device.Address))
        {
            List<(Incident Incident, Kept Kept, bool Evidence, bool Texts)> old = [];
            HashSet<TrafficPosition> needed = [];
            foreach (var incident in ofDevice)
            {
                var kept = await ReadAsync(incident, cancellation);
                if (kept is { IsHeld: true, ClosedAt: not null }) held++;
                var (evidence, text) = (IsOver(kept, rule.Evidence), IsOver(kept, rule.Texts));
                if (!evidence) needed.UnionWith(kept.Segments.Select(s => s.Position));
                if (evidence || text) old.Add((incident, kept, evidence, text));
            }
            foreach (var (incident, kept, evidence, text) in old)
            {
                List<ExpiredSegment> going = evidence ? [.. kept.Segments.Where(s => !needed.Contains(s.Position))] : [];
                var (goingSegments, goingTexts) = (await StillThereAsync(going, cancellation), text ? await StillThereAsync(kept.Texts, cancellation) : []);
                if (goingSegments.Count + goingTexts.Count == 0) continue;
                if (!dryRun) await ExpireAsync(incident, kept.Version, goingSegments, goingTexts, cancellation);
                (expired, segments, texts) = (expired + 1, segments + goingSegments.Count, texts + goingTexts.Count);
            }
        }
        return new(expired, segments, texts, held);
    }

    private bool IsOver(Kept kept, TimeSpan? limit) =>
        limit is { } after && !kept.IsHeld && kept.ClosedAt is { } closed && now - closed >= after;

    private async Task<Kept> ReadAsync(Incident incident, CancellationToken cancellation)
    {
        var kept = new Kept();
        await foreach (var @event in store.ReadStreamAsync(Incident.StreamOf(incident.Id), 1, cancellation))
        {
            if (@event.Event is AnomalyObserved { SegmentSha256: { } sha256 } observed) kept.Segments.Add(new(observed.Position, sha256));
            if (@event.Event is NoteAdded note) kept.Texts.Add(note.Text);
            if (@event.Event is IncidentClosed) kept.ClosedAt ??= @event.RecordedAt;
            kept.IsHeld = @event.Event switch { LegalHoldPlaced => true, LegalHoldLifted => false, _ => kept.IsHeld };
            kept.Version = @event.Version;
        }
        return kept;
    }

    private async Task<List<ExpiredSegment>> StillThereAsync(List<ExpiredSegment> segments, CancellationToken cancellation)
    {
        List<ExpiredSegment> there = [];
        foreach (var segment in segments.DistinctBy(s => s.Position))
            if (await store.ReadEvidenceAsync(segment.Position, cancellation) is not null) there.Add(segment);
        return there;
    }

    private async Task<List<string>> StillThereAsync(List<string> texts, CancellationToken cancellation)
    {
        List<string> there = [];
        foreach (var digest in texts.Distinct())
            if (await store.ReadTextAsync(digest, cancellation) is not null) there.Add(digest);
        return there;
    }

    private async Task ExpireAsync(Incident incident, int version, List<ExpiredSegment> segments, List<string> texts, CancellationToken cancellation)
    {
        IEnumerable<DomainEvent> events =
        [
            .. segments.Chunk(SegmentsPerEvent).Select(part => new EvidenceExpired(incident.Id, part, by, $"kept for {rule.Evidence?.TotalDays:0} days")),
            .. texts.Select(digest => new TextErased(digest, incident.Id, by, $"kept for {rule.Texts?.TotalDays:0} days")),
        ];
        NewEvent[] recorded = [.. events.Select((e, i) => new NewEvent(EventId.From($"expired {incident.Id} {now.UtcTicks} {i}"), e, now))];
        // A hold that was placed meanwhile is another version: nothing goes.
        await store.CommitAsync(new Commit([new StreamAppend(Incident.StreamOf(incident.Id), version, recorded)])
        {
            ExpiredEvidence = [.. segments.Select(s => s.Position)], ErasedTexts = texts,
        }, cancellation);
    }

    private sealed class Kept
    {
        public List<ExpiredSegment> Segments { get; } = [];
        public List<string> Texts { get; } = [];
        public DateTimeOffset? ClosedAt { get; set; }
        public bool IsHeld { get; set; }
        public int Version { get; set; }
    }
}
