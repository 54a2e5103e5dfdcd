using IoMTAD.Features;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Recording;

/// <summary>What an allowance would have done to past incidents.</summary>
/// <param name="Incidents">Those of which every recorded anomaly fits, so that they would not have opened.</param>
/// <param name="Of">Behaviour incidents that were looked at.</param>
/// <param name="Silenced">Their ids, in the order in which they were given.</param>
/// <param name="ClosedAsAttack">Among them, those that people found to be attacks: the allowance would have hidden them.</param>
public sealed record SuppressionPreview(int Incidents, int Of, IReadOnlyList<string> Silenced, IReadOnlyList<string> ClosedAsAttack);

/// <summary>Applies an allowance to the past. History is only read.</summary>
public sealed class HistoryPreview(IEventStore store)
{
    public Task<SuppressionPreview> OfRuleAsync(AllowRule rule, IEnumerable<Incident> history, CancellationToken cancellation = default) =>
        LookAsync(history, (incident, observed) =>
            ValueTask.FromResult(rule.Fits(incident.Device, observed.Suspected, observed.Features, observed.Peers)), cancellation);

    public Task<SuppressionPreview> OfBehaviourAsync(
        string deviceId, LearnedBehaviour behaviour, IEnumerable<Incident> history, CancellationToken cancellation = default)
    {
        var reader = FeatureSchemas.Find(behaviour.Schema) is { } schema ? new SegmentMeans(schema) : null;
        return LookAsync(history.Where(i => i.Device.Id == deviceId), async (_, observed) =>
            reader is not null && observed.Schema == behaviour.Schema
            && await store.ReadEvidenceAsync(observed.Position, cancellation) is { } evidence
            && reader.Read(evidence.Segment) is { } read
            && behaviour.Holds(read.Means, observed.Score, SegmentObservation.RateOf(read.Summary)), cancellation);
    }

    private async Task<SuppressionPreview> LookAsync(
        IEnumerable<Incident> history, Func<Incident, AnomalyObserved, ValueTask<bool>> fits, CancellationToken cancellation)
    {
        var of = 0;
        List<Incident> silenced = [];
        foreach (var incident in history.Where(i => i.Kind == IncidentKind.Behaviour))
        {
            of++;
            var (seen, all) = (0, true);
            await foreach (var stored in store.ReadStreamAsync(Incident.StreamOf(incident.Id), 1, cancellation))
            {
                if (stored.Event is not AnomalyObserved observed) continue;
                seen++;
                if (!(all = await fits(incident, observed))) break;
            }
            if (seen > 0 && all) silenced.Add(incident);
        }
        return new(silenced.Count, of, [.. silenced.Select(i => i.Id)],
            [.. silenced.Where(i => i.Disposition == Disposition.TrueAttack).Select(i => i.Id)]);
    }
}
