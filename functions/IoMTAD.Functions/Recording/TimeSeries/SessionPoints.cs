using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>One point of <c>session</c> for each anomaly that was recorded.</summary>
internal static class SessionPoints
{
    private const string Measurement = "session", NoClass = "none";

    public static IEnumerable<PointData> Of(PipelineResult result, CommitResult committed, DeviceInventory inventory)
    {
        Dictionary<string, Severity> severities = [];
        Dictionary<TrafficPosition, SegmentOutcome>? outcomes = null;
        foreach (var stored in committed.Appended)
        {
            if (stored.Type is not (nameof(IncidentOpened) or nameof(IncidentEscalated) or nameof(AnomalyObserved))) continue;
            if (stored.Event is IncidentOpened opened) severities[opened.IncidentId] = opened.Severity;
            if (stored.Event is IncidentEscalated escalated) severities[escalated.IncidentId] = escalated.To;
            if (stored.Event is not AnomalyObserved observed) continue;
            outcomes ??= result.Outcomes.ToDictionary(o => o.Segment.Position);
            if (!outcomes.TryGetValue(observed.Position, out var outcome)) continue;
            var point = Tagged(Measurement, outcome.Segment, inventory).Tag("class", observed.Suspected?.Name ?? NoClass)
                .Field("score", observed.Score).Field("threshold", observed.Threshold).Field("calibrated", observed.Calibrated)
                .Field("segments", (long)observed.Segments).Field("packets", (long)outcome.Summary.Frames).Field("peers", (long)observed.Peers.Count)
                .Field("incident", observed.IncidentId);
            if (severities.TryGetValue(observed.IncidentId, out var severity)) point = point.Field("severity", severity.ToString());
            if (!inventory.Find(outcome.Segment.Device).IsKnown) point = point.Field("address", outcome.Segment.Device);
            yield return point.Timestamp(TrafficTime.FromDate(stored.OccurredAt), WritePrecision.Ns);
        }
    }

    /// <summary>A point that tells the segment's device. Whom the inventory does not know are one: anybody could make up any number of them.</summary>
    public static PointData Tagged(string measurement, Segment segment, DeviceInventory inventory)
    {
        var device = inventory.Find(segment.Device);
        return PointData.Measurement(measurement).Tag("device", device.IsKnown ? device.Id : InventoryDevice.UnknownKind).Tag("kind", device.Kind)
            .Tag("ward", device.Ward).Tag("partition", Partition(segment.Position.Partition));
    }

    public static string Partition(int partition) => partition.ToString(CultureInfo.InvariantCulture);
}
