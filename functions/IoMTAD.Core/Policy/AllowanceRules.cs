using IoMTAD.Capture;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Policy;

/// <summary>Strange traffic that people have said is harmless: it opens no incident, and stays on record.</summary>
public static class AllowanceRules
{
    /// <returns>What allows the strange segment, or null.</returns>
    public static Suppression? Find(
        StandingDecisions standing, DeviceWatch watch, InventoryDevice device, in SegmentObservation observation, ModelIdentity model,
        ISegmentContent content)
    {
        AnomalyExplanation? explanation = null;
        foreach (var suppression in standing.Allowing(device, observation.LastNanoseconds))
        {
            if (suppression.Behaviour is { } behaviour && behaviour.Schema == model.Schema && Holds(behaviour, observation, content)) return suppression;
            if (suppression.Rule is not { } rule) continue;
            explanation ??= BehaviourRules.Explain(watch, observation, content);
            if (rule.Fits(device, explanation.Suspected, explanation.Features, rule.Peer is null ? [] : content.Peers())) return suppression;
        }
        return null;
    }

    /// <summary>Counts what was let pass, and records it now and then: quiet is never without a trace.</summary>
    public static DeviceWatch LetPass(
        Suppression suppression, DeviceWatch watch, InventoryDevice device, in SegmentObservation observation, ModelIdentity model,
        PolicyOptions options, ICollection<Decision> decisions)
    {
        var now = observation.LastNanoseconds;
        var segments = 1 + (watch.Allowed?.SuppressionId == suppression.Id ? watch.Allowed.Unrecorded : 0);
        if (watch.Allowed is { } allowed && allowed.SuppressionId == suppression.Id && now - allowed.LastRecorded < options.IncidentWindow.Ticks * 100)
            return watch with { Allowed = allowed with { Unrecorded = segments } };
        decisions.Add(new(Suppression.StreamOf(suppression.Id), EventId.From(observation.Position, model.Version, $"allowed {suppression.Id}"),
            new AnomalyAllowed(suppression.Id, device.Id, observation.Score.GetValueOrDefault().Score, observation.Threshold, observation.Position, segments),
            now));
        return watch with { Allowed = new AllowedTraffic(suppression.Id, now, Unrecorded: 0) };
    }

    private static bool Holds(LearnedBehaviour behaviour, in SegmentObservation observation, ISegmentContent content)
    {
        Span<double> means = stackalloc double[content.Features];
        content.AddMeansTo(means);
        return behaviour.Holds(means, observation.Score.GetValueOrDefault().Score, observation.PacketsPerSecond);
    }
}
