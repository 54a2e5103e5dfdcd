using IoMTAD.Capture;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>Learns how long a device may pause, and reports the one that stops talking: for a patient that is a malfunction like any other.</summary>
public static class SilenceRules
{
    /// <summary>The device has talked: it is discovered, its rhythm learned, its silence ended.</summary>
    public static DeviceWatch Heard(
        DeviceWatch? watch, InventoryDevice device, in SegmentObservation observation, PolicyOptions options, ICollection<Decision> decisions)
    {
        if (watch is null)
        {
            decisions.Add(Decide(observation.Position, device, "discovered", new DeviceDiscovered(device), observation.FirstNanoseconds));
            return new DeviceWatch(observation.Address, observation.FirstNanoseconds, observation.LastNanoseconds) { Segments = 1 };
        }
        var gap = Math.Max(0, (observation.FirstNanoseconds - watch.LastSeen) / 1e9);
        if (watch.SilenceIncident is { } incident)
        {
            decisions.Add(Decide(observation.Position, device, "resumed", new DeviceResumed(device, gap), observation.FirstNanoseconds));
            decisions.Add(new(Incident.StreamOf(incident), EventId.From($"closed {incident}"),
                new IncidentClosed(incident, device.Id, Disposition.Malfunction, "iomtad", "the device talks again"), observation.FirstNanoseconds));
        }
        watch = watch with
        {
            LastSeen = Math.Max(watch.LastSeen, observation.LastNanoseconds),
            Segments = watch.Segments + 1,
            LongestGapSeconds = watch.SilenceIncident is null ? Math.Max(watch.LongestGapSeconds, gap) : watch.LongestGapSeconds,
            SilenceIncident = null,
        };
        var learned = watch.SilenceLimitSeconds is null && watch.Segments >= options.LearningSegments
            && watch.LastSeen - watch.FirstSeen >= options.LearningTime.Ticks * 100;
        return learned ? Learn(watch, device, observation, options, decisions) : watch;
    }

    /// <summary>The packet clock has passed the device's deadline.</summary>
    public static DeviceWatch WentSilent(
        DeviceWatch watch, InventoryDevice device, TrafficPosition position, PolicyOptions options, ICollection<Decision> decisions)
    {
        var limit = watch.SilenceLimitSeconds.GetValueOrDefault();
        var now = watch.LastSeen + DeviceWatch.Nanoseconds(limit);
        var incidentId = EventId.From($"silence {device.Id} {watch.LastSeen}")[..12];
        var severity = SeverityRules.AtOpening(device, IncidentKind.Silence);
        var text = Explanation.Silence(device, limit);
        decisions.Add(Decide(position, device, "silent", new DeviceWentSilent(device, TrafficTime.ToDate(watch.LastSeen), limit), now));
        decisions.Add(new(Incident.StreamOf(incidentId), EventId.From($"opened {incidentId}"),
            new IncidentOpened(incidentId, device, IncidentKind.Silence, severity, text, PreviousIncidentId: null), now));
        IncidentIds.RequestNotifications(incidentId, severity, device, text, now, options, decisions);
        return watch with { SilenceIncident = incidentId };
    }

    private static DeviceWatch Learn(
        DeviceWatch watch, InventoryDevice device, in SegmentObservation observation, PolicyOptions options, ICollection<Decision> decisions)
    {
        var limit = Math.Max(options.SilenceFloor.TotalSeconds, options.SilenceFactor * watch.LongestGapSeconds);
        decisions.Add(Decide(observation.Position, device, "baseline",
            new BaselineLearned(device, watch.Segments, watch.LongestGapSeconds, limit), observation.LastNanoseconds));
        return watch with { SilenceLimitSeconds = limit };
    }

    private static Decision Decide(TrafficPosition position, InventoryDevice device, string kind, DomainEvent @event, long now) =>
        new(Device.StreamOf(device), EventId.From(position, "", $"{kind} {device.Id}"), @event, now);
}
