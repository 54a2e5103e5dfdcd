using IoMTAD.Capture;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Policy;

/// <summary>Learns how a device normally talks, and reports the one that stops: for a patient that is a malfunction like any other.</summary>
public static class RhythmRules
{
    /// <summary>The device has talked: it is discovered, its rhythm learned, its silence ended.</summary>
    public static DeviceWatch Heard(
        DeviceWatch? watch, InventoryDevice device, in SegmentObservation observation, StandingDecisions standing, ISegmentContent content,
        PolicyOptions options, ICollection<Decision> decisions)
    {
        if ((watch?.Segments ?? 0) + 1 == (device.IsKnown ? 1 : options.StrangerSegments))
            decisions.Add(Decide(observation.Position, device, "discovered", new DeviceDiscovered(device), observation.FirstNanoseconds));
        if (watch is null)
        {
            watch = new DeviceWatch(observation.Address, observation.FirstNanoseconds, observation.LastNanoseconds) { Segments = 1 };
            return Learn(watch, device, observation, content, options, decisions);
        }
        var gap = Math.Max(0, (observation.FirstNanoseconds - watch.LastSeen) / 1e9);
        if (watch.SilenceIncident is { } incident) Resume(standing.Current(incident), device, observation, gap, decisions);
        watch = watch with
        {
            LastSeen = Math.Max(watch.LastSeen, observation.LastNanoseconds),
            Segments = watch.Segments + 1,
            LongestGapSeconds = watch.SilenceIncident is null ? Math.Max(watch.LongestGapSeconds, gap) : watch.LongestGapSeconds,
            SilenceIncident = null,
            SilenceUntold = false,
        };
        return watch.Baseline is { } baseline
            ? watch with { SilenceLimitSeconds = Adapted(baseline, watch, options) }
            : Learn(watch, device, observation, content, options, decisions);
    }

    /// <summary>The packet clock has passed the device's deadline.</summary>
    public static DeviceWatch WentSilent(
        DeviceWatch watch, InventoryDevice device, StandingDecisions standing, TrafficPosition position, PolicyOptions options,
        ICollection<Decision> decisions)
    {
        var limit = watch.SilenceLimitSeconds.GetValueOrDefault();
        var now = watch.LastSeen + DeviceWatch.Nanoseconds(limit);
        var incidentId = EventId.From($"silence {device.Id} {watch.LastSeen}")[..12];
        var severity = SeverityRules.AtOpening(device, IncidentKind.Silence);
        var text = Explanation.Silence(device, limit);
        var quiet = standing.Quiet(device, now);
        decisions.Add(Decide(position, device, "silent", new DeviceWentSilent(device, TrafficTime.ToDate(watch.LastSeen), limit), now));
        decisions.Add(new(Incident.StreamOf(incidentId), EventId.From($"opened {incidentId}"),
            new IncidentOpened(incidentId, device, IncidentKind.Silence, severity, text, PreviousIncidentId: null) { SuppressedBy = quiet?.Id }, now));
        if (quiet is null)
            IncidentIds.RequestNotifications(
                incidentId, IncidentKind.Silence, severity, device, text, watch.LastSeen, now, options, decisions);
        return watch with { SilenceIncident = incidentId, SilenceUntold = quiet is not null };
    }

    /// <summary>The mute or maintenance window under which the device fell silent is over, and it is silent still.</summary>
    public static DeviceWatch TellOfSilence(
        DeviceWatch watch, InventoryDevice device, long now, PolicyOptions options, ICollection<Decision> decisions)
    {
        IncidentIds.RequestNotifications(watch.SilenceIncident!, IncidentKind.Silence, SeverityRules.AtOpening(device, IncidentKind.Silence), device,
            Explanation.Silence(device, (now - watch.LastSeen) / 1e9), watch.LastSeen, now, options, decisions);
        return watch with { SilenceUntold = false };
    }

    /// <param name="incident">Null where a person has closed it.</param>
    private static void Resume(
        string? incident, InventoryDevice device, in SegmentObservation observation, double gap, ICollection<Decision> decisions)
    {
        decisions.Add(Decide(observation.Position, device, "resumed", new DeviceResumed(device, gap), observation.FirstNanoseconds));
        if (incident is null) return;
        decisions.Add(new(Incident.StreamOf(incident), EventId.From($"closed {incident}"),
            new IncidentClosed(incident, device.Id, Disposition.Malfunction, "iomtad", "the device talks again"), observation.FirstNanoseconds));
    }

    private static DeviceWatch Learn(
        DeviceWatch watch, InventoryDevice device, in SegmentObservation observation, ISegmentContent content, PolicyOptions options,
        ICollection<Decision> decisions)
    {
        var learning = watch.Learning ?? new BaselineLearning(new int[RateHistogram.Buckets], new double[content.Features]);
        learning.Rates[RateHistogram.BucketOf(observation.PacketsPerSecond)]++;
        content.AddMeansTo(learning.Sums);
        var learned = watch.Segments >= options.LearningSegments && watch.LastSeen - watch.FirstSeen >= options.LearningTime.Ticks * 100;
        if (!learned) return watch with { Learning = learning };

        var baseline = Conclude(learning, watch, options);
        decisions.Add(Decide(observation.Position, device, "baseline", new BaselineLearned(
            device, watch.Segments, watch.LongestGapSeconds, baseline.SilenceLimitSeconds, baseline.TypicalRate, baseline.RateLimit,
            baseline.Normal.ToArray()), observation.LastNanoseconds));
        return watch with { Learning = null, Baseline = baseline, SilenceLimitSeconds = baseline.SilenceLimitSeconds };
    }

    private static DeviceBaseline Conclude(BaselineLearning learning, DeviceWatch watch, PolicyOptions options)
    {
        var normal = new byte[learning.Sums.Length * sizeof(float)];
        for (var i = 0; i < learning.Sums.Length; i++)
            BitConverter.TryWriteBytes(normal.AsSpan(i * sizeof(float)), (float)(learning.Sums[i] / watch.Segments));
        // The 99 % quantile passes over reconnects and other bursts of a second; hysteresis passes over them too.
        var rate = RateHistogram.Quantile(learning.Rates, 0.99);
        return new DeviceBaseline(
            Math.Max(options.SilenceFloor.TotalSeconds, options.SilenceFactor * watch.LongestGapSeconds),
            RateHistogram.Quantile(learning.Rates, 0.5), options.RateFactor * rate, normal);
    }

    /// <summary>Pauses that grow but stay below the limit are learned too, within bounds: nobody may talk a device into any silence.</summary>
    private static double Adapted(DeviceBaseline baseline, DeviceWatch watch, PolicyOptions options) => Math.Clamp(
        options.SilenceFactor * watch.LongestGapSeconds, baseline.SilenceLimitSeconds, options.SilenceGrowth * baseline.SilenceLimitSeconds);

    private static Decision Decide(TrafficPosition position, InventoryDevice device, string kind, DomainEvent @event, long now) =>
        new(Device.StreamOf(device), EventId.From(position, "", $"{kind} {device.Id}"), @event, now);
}
