using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Api.Routes;

/// <param name="By">The account that acted; null where nobody did.</param>
/// <param name="Text">What happened, in a sentence.</param>
/// <param name="Note">What the person wrote; null where it was erased, or nothing was written.</param>
public sealed record TimelineEntry(string Type, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string? By, string Text, string? Note);

/// <summary>A segment that is kept of an anomaly.</summary>
public sealed record EvidenceEntry(string Topic, int Partition, long Offset, DateTimeOffset At, string Sha256);

/// <summary>All that a person needs to judge an incident.</summary>
/// <param name="Why">What was observed against what is normal, of the strongest anomaly, largest part first.</param>
/// <param name="Peers">Addresses of the other ends, busiest first.</param>
/// <param name="Similar">Earlier incidents of the same suspected class, or of the same device where nothing named it; newest first.</param>
/// <param name="Suppressions">Those that hold for the device now.</param>
public sealed record IncidentDetail(
    Incident Incident, IReadOnlyList<ExplainedFeature> Why, double? Score, double? Threshold, string? ModelVersion, IReadOnlyList<string> Peers,
    IReadOnlyList<EvidenceEntry> Evidence, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<Incident> Similar,
    IReadOnlyList<SuppressionAnswer> Suppressions);

/// <summary>Gathers the details of one incident from its stream and from what is like it.</summary>
public sealed class IncidentDetails(IEventStore store, IReadModels reads, Desks.ActClock clock)
{
    private const int Alike = 5, MostPeers = 10;

    /// <returns>Null where there is no such incident.</returns>
    public async Task<IncidentDetail?> ReadAsync(string id, CancellationToken cancellation)
    {
        if (await reads.IncidentAsync(id, cancellation) is not { } incident) return null;
        List<TimelineEntry> timeline = [];
        List<EvidenceEntry> evidence = [];
        List<string> peers = [];
        AnomalyObserved? strongest = null;
        await foreach (var stored in store.ReadStreamAsync(Incident.StreamOf(id), 1, cancellation))
        {
            timeline.Add(new TimelineEntry(stored.Type, stored.OccurredAt, stored.RecordedAt, EventText.By(stored.Event), EventText.Describe(stored.Event),
                stored.Event is NoteAdded note ? (await store.ReadTextAsync(note.Text, cancellation))?.Text : null));
            if (stored.Event is not AnomalyObserved observed) continue;
            if (strongest is null || observed.Score > strongest.Score) strongest = observed;
            peers.AddRange(observed.Peers);
            var (topic, partition, offset) = observed.Position;
            if (observed.SegmentSha256 is { } digest) evidence.Add(new EvidenceEntry(topic, partition, offset, stored.OccurredAt, digest));
        }
        var now = await clock.NowAsync(cancellation);
        var suppressions = await reads.SuppressionsAsync(now, cancellation);
        return new IncidentDetail(incident, strongest?.Features ?? [], strongest?.Score, strongest?.Threshold, strongest?.ModelVersion,
            [.. peers.CountBy(p => p).OrderByDescending(p => p.Value).Take(MostPeers).Select(p => p.Key)], evidence, timeline,
            await SimilarAsync(incident, cancellation),
            [.. suppressions.Where(s => s.Covers(incident.Device)).Select(s => SuppressionAnswer.Of(s, now))]);
    }

    private async Task<IReadOnlyList<Incident>> SimilarAsync(Incident incident, CancellationToken cancellation)
    {
        var query = new IncidentQuery { To = incident.OpenedAt, Limit = Alike };
        var alike = await reads.IncidentsAsync(incident.Suspected is { } suspected
            ? query with { Class = suspected.Name }
            : query with { DeviceId = incident.Device.Id, Kind = incident.Kind }, cancellation);
        return alike.Items;
    }
}
