using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Policy;

/// <summary>Decides what strange segments of one device come to: nothing yet, a new incident, or more of the one that is going on.</summary>
public static class BehaviourRules
{
    /// <param name="strange">Nothing allows it: see <see cref="IsStrange"/> and <see cref="AllowanceRules"/>.</param>
    /// <returns>The watch as it is after this segment; what was decided is added to <paramref name="decisions"/>.</returns>
    public static DeviceWatch Decide(
        DeviceWatch watch, InventoryDevice device, in SegmentObservation observation, bool strange, StandingDecisions standing, ModelIdentity model,
        PolicyOptions options, ISegmentContent content, ICollection<Decision> decisions)
    {
        if (observation.Score is null) return watch;
        watch = watch with { Recent = watch.Recent << 1 | (strange ? 1UL : 0) };
        if (!strange) return watch;
        if (watch.Behaviour is { } known && standing.Current(known.Id) != known.Id) watch = Follow(watch, known, standing);
        // A lone strange segment neither opens an incident nor keeps one alive.
        if (watch.StrangeAmongLast(options.OutOf) < options.StrangeToOpen) return watch;

        var going = watch.Behaviour is { IsOver: false } b && observation.LastNanoseconds - b.LastAnomaly <= options.IncidentWindow.Ticks * 100;
        return watch with
        {
            Behaviour = going
                ? Continue(watch, device, observation, standing, model, options, content, decisions)
                : Open(watch, device, observation, standing, model, options, content, decisions),
        };
    }

    /// <summary>
    /// A person has closed the incident, or opened it again as another one. After a closing the count begins anew: what was strange before it
    /// has been judged.
    /// </summary>
    private static DeviceWatch Follow(DeviceWatch watch, BehaviourIncident incident, StandingDecisions standing) =>
        standing.Current(incident.Id) is { } current ? watch with { Behaviour = incident with { Id = current } }
        : incident.IsOver ? watch
        : watch with { Recent = 1, Behaviour = incident with { IsOver = true } };

    /// <summary>By the model, or because the device sends far more than it ever does.</summary>
    public static bool IsStrange(DeviceWatch watch, in SegmentObservation observation) =>
        observation.Score is not null && (observation.IsStrange || observation.PacketsPerSecond > watch.Baseline?.RateLimit);

    private static BehaviourIncident Open(
        DeviceWatch watch, InventoryDevice device, in SegmentObservation observation, StandingDecisions standing, ModelIdentity model,
        PolicyOptions options, ISegmentContent content, ICollection<Decision> decisions)
    {
        var now = observation.LastNanoseconds;
        var explanation = Explain(watch, observation, content);
        var incidentId = IncidentIds.For(observation.Position, model.Version, IncidentKind.Behaviour, device);
        var stream = Incident.StreamOf(incidentId);
        var severity = SeverityRules.AtOpening(device, IncidentKind.Behaviour);
        var summary = Explanation.Behaviour(device, explanation);
        var quiet = standing.Quiet(device, now);
        decisions.Add(new(stream, EventId.From(observation.Position, model.Version, $"opened {incidentId}"),
            new IncidentOpened(incidentId, device, IncidentKind.Behaviour, severity, summary, watch.Behaviour?.Id) { SuppressedBy = quiet?.Id }, now));
        decisions.Add(Observed(incidentId, observation, model, content, explanation, summary, watch.StrangeAmongLast(options.OutOf)));
        if (quiet is null)
            IncidentIds.RequestNotifications(incidentId, IncidentKind.Behaviour, severity, device, summary, now, now, options, decisions);
        return new BehaviourIncident(incidentId, severity, now, now, now, Unrecorded: 0) { IsUntold = quiet is not null };
    }

    private static BehaviourIncident Continue(
        DeviceWatch watch, InventoryDevice device, in SegmentObservation observation, StandingDecisions standing, ModelIdentity model,
        PolicyOptions options, ISegmentContent content, ICollection<Decision> decisions)
    {
        var (now, incident) = (observation.LastNanoseconds, watch.Behaviour!);
        incident = incident with { LastAnomaly = Math.Max(now, incident.LastAnomaly), Unrecorded = incident.Unrecorded + 1 };
        if (now - incident.LastRecorded < options.ObservationInterval.Ticks * 100) return incident;

        var explanation = Explain(watch, observation, content);
        decisions.Add(Observed(
            incident.Id, observation, model, content, explanation, Explanation.Behaviour(device, explanation), incident.Unrecorded));
        var severity = SeverityRules.WhileItLasts(device, incident, now);
        if (severity > incident.Severity)
            decisions.Add(new(Incident.StreamOf(incident.Id), EventId.From(observation.Position, model.Version, $"escalated {incident.Id}"),
                new IncidentEscalated(incident.Id, device.Id, incident.Severity, severity, "it goes on"), now));
        var tell = (incident.IsUntold || severity > incident.Severity) && standing.Quiet(device, now) is null;
        if (tell)
            IncidentIds.RequestNotifications(
                incident.Id, IncidentKind.Behaviour, severity, device, Explanation.Behaviour(device, explanation), incident.Opened, now, options,
                decisions, from: incident.IsUntold ? null : incident.Severity);
        return incident with
        {
            LastRecorded = now, Unrecorded = 0, Severity = severity > incident.Severity ? severity : incident.Severity,
            IsUntold = incident.IsUntold && !tell,
        };
    }

    internal static AnomalyExplanation Explain(DeviceWatch watch, in SegmentObservation observation, ISegmentContent content)
    {
        var explanation = content.Explain(watch.Baseline is { } known ? known.Normal : default);
        return watch.Baseline is { } baseline && observation.PacketsPerSecond > baseline.RateLimit
            ? explanation.LedBy(ExplainedFeature.OfRate(observation.PacketsPerSecond, baseline.TypicalRate))
            : explanation;
    }

    private static Decision Observed(
        string incidentId, in SegmentObservation observation, ModelIdentity model, ISegmentContent content, AnomalyExplanation explanation,
        string text, int segments)
    {
        var score = observation.Score.GetValueOrDefault();
        return new(Incident.StreamOf(incidentId), EventId.From(observation.Position, model.Version, $"anomaly {incidentId}"),
            new AnomalyObserved(incidentId, score.Score, observation.Threshold, score.Calibrated, model.Version, model.Schema, explanation.Suspected,
                explanation.Features, text, observation.Position, segments) { SegmentSha256 = content.Keep(), Peers = content.Peers() },
            observation.LastNanoseconds);
    }
}
