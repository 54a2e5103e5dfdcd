using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Recording;

/// <summary>Runs the kept segments of past incidents through another model. History is only read.</summary>
public sealed class Rescorer(IEventStore store, IAnomalyScorer scorer, PolicyOptions options)
{
    private readonly SegmentReader reader = new(scorer.Schema);
    private readonly SequenceBatch batch = new(scorer.Schema.ModelColumns.Count);

    public async Task<RescoredIncident> RescoreAsync(Incident incident, CancellationToken cancellation = default)
    {
        List<RescoredSegment> segments = [];
        SortedSet<string> versions = new(StringComparer.Ordinal);
        AnomalyObserved? highest = null;
        var (recorded, damaged, otherSchema) = (0, 0, 0);
        await foreach (var @event in store.ReadStreamAsync(Incident.StreamOf(incident.Id), 1, cancellation))
        {
            if (@event.Event is not AnomalyObserved observed) continue;
            recorded++;
            versions.Add(observed.ModelVersion);
            if (highest is null || observed.Score > highest.Score) highest = observed;
            if (observed.SegmentSha256 is null) continue;
            if (observed.Schema != scorer.Schema.Name) otherSchema++;
            else if (await ScoreAsync(observed, scorer.ThresholdOf(incident.Device.Kind), cancellation) is { } segment) segments.Add(segment);
            else damaged++;
        }
        var verdict = incident.Kind != IncidentKind.Behaviour ? RescoreVerdict.NoModel
            : segments.Count > 0 ? RescoredIncident.StillOpens(segments, options) ? RescoreVerdict.StillOpens : RescoreVerdict.FallsSilent
            : otherSchema > 0 ? RescoreVerdict.OtherSchema
            : RescoreVerdict.NoEvidence;
        return new(incident, [.. versions], highest?.Score ?? 0, highest?.Threshold ?? 0, segments, recorded, damaged, verdict);
    }

    /// <returns>Null where the evidence is gone, or is not what was recorded.</returns>
    private async Task<RescoredSegment?> ScoreAsync(AnomalyObserved observed, float threshold, CancellationToken cancellation)
    {
        if (await store.ReadEvidenceAsync(observed.Position, cancellation) is not { } evidence || !evidence.Holds(observed.SegmentSha256)) return null;
        batch.Clear();
        if (reader.Read(evidence.Segment, batch).Steps == 0) return null;
        var scores = new AnomalyScore[1];
        scorer.Score(batch, scores);
        return new RescoredSegment(scores[0].Score, scores[0].Score > threshold, observed.Features.Any(f => f.IsRate));
    }
}
