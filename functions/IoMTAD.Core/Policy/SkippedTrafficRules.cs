using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>Records that were passed over have been scored by nobody: an incident of the stream itself.</summary>
public static class SkippedTrafficRules
{
    /// <summary>Kind and ward by which routes and lists name a stream of traffic.</summary>
    public const string StreamKind = "traffic-stream", StreamWard = "pipeline";

    /// <summary>The same stretch gives the same incident, whoever notices it and however late.</summary>
    /// <param name="expected">The first record that did not come.</param>
    /// <param name="found">Offset of the first one behind it that did, or up to which the stream counts as read.</param>
    /// <param name="now">When it was noticed, nanoseconds since the Unix epoch.</param>
    public static IReadOnlyList<Decision> Decide(TrafficPosition expected, long found, long now, PolicyOptions options)
    {
        List<Decision> decisions = [];
        var stream = StreamOf(expected.Topic, expected.Partition);
        var incident = IncidentIds.For(expected, "", IncidentKind.SkippedTraffic, stream);
        var severity = SeverityRules.AtOpening(stream, IncidentKind.SkippedTraffic);
        var text = Explanation.SkippedTraffic(expected, found);
        decisions.Add(new(Incident.StreamOf(incident), EventId.From($"opened {incident}"),
            new IncidentOpened(incident, stream, IncidentKind.SkippedTraffic, severity, text, PreviousIncidentId: null), now));
        IncidentIds.RequestNotifications(incident, IncidentKind.SkippedTraffic, severity, stream, text, now, now, options, decisions);
        return decisions;
    }

    /// <summary>A partition, as the device whose incident it is.</summary>
    public static InventoryDevice StreamOf(string topic, int partition)
    {
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{topic}-{partition}");
        return new InventoryDevice(name, name, StreamKind, StreamWard);
    }
}
