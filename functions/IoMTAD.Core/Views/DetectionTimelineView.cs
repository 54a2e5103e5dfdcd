using System.Globalization;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>What was detected in one minute of traffic time.</summary>
/// <param name="StrangeSegments">Segments that the recorded anomalies stand for.</param>
/// <param name="Suspected">Strange segments by suspected class.</param>
public sealed record DetectionMinute(
    DateTimeOffset Minute, int IncidentsOpened, int StrangeSegments, int DevicesSilent, IReadOnlyDictionary<string, int> Suspected);

/// <summary>Detections over time; key: the minute, as <c>2026-01-31T12:34</c>, so that the keys sort by time.</summary>
public sealed class DetectionTimelineView() : View<DetectionMinute>("timeline")
{
    private const string Unnamed = "unnamed";

    public override string? KeyOf(StoredEvent @event) =>
        @event.Type is nameof(IncidentOpened) or nameof(AnomalyObserved) or nameof(DeviceWentSilent)
            ? KeyOf(@event.OccurredAt)
            : null;

    public static string KeyOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    protected internal override DetectionMinute? Fold(DetectionMinute? row, StoredEvent @event)
    {
        row ??= new(@event.OccurredAt.AddTicks(-(@event.OccurredAt.UtcTicks % TimeSpan.TicksPerMinute)), 0, 0, 0, new Dictionary<string, int>());
        return @event.Event switch
        {
            IncidentOpened => row with { IncidentsOpened = row.IncidentsOpened + 1 },
            AnomalyObserved e => row with { StrangeSegments = row.StrangeSegments + e.Segments, Suspected = Add(row.Suspected, e) },
            DeviceWentSilent => row with { DevicesSilent = row.DevicesSilent + 1 },
            _ => row,
        };
    }

    private static Dictionary<string, int> Add(IReadOnlyDictionary<string, int> suspected, AnomalyObserved observed)
    {
        var name = observed.Suspected?.Name ?? Unnamed;
        return new(suspected) { [name] = suspected.GetValueOrDefault(name) + observed.Segments };
    }
}
