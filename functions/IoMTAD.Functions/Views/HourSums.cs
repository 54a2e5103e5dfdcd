using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Sums per hour of traffic time, gathered over a batch of events and added to the stored ones.</summary>
internal sealed class HourSums
{
    private readonly Dictionary<(long Hour, string Device), (string Ward, long Incidents, long Segments)> devices = [];
    private readonly Dictionary<(long Hour, string? Class), (string? Technique, long Segments)> classes = [];

    public void Add(StoredEvent @event, Incident? incident)
    {
        if (incident is null || @event.Event is not (IncidentOpened or AnomalyObserved)) return;
        var hour = TrafficHours.Of(@event.OccurredAt);
        var key = (hour, IndexText.Of(incident.Device.Id));
        var (ward, opened, strange) = devices.GetValueOrDefault(key, (IndexText.Of(incident.Device.Ward), 0, 0));
        if (@event.Event is not AnomalyObserved observed)
        {
            devices[key] = (ward, opened + 1, strange);
            return;
        }
        devices[key] = (ward, opened, strange + observed.Segments);
        var suspected = (hour, IndexText.OfOptional(observed.Suspected?.Name));
        classes[suspected] = (IndexText.OfOptional(observed.Suspected?.Technique), classes.GetValueOrDefault(suspected).Segments + observed.Segments);
    }

    public void Write(NpgsqlBatch batch)
    {
        if (devices.Count > 0)
            batch.Add(
                """
                INSERT INTO device_hours AS old SELECT * FROM unnest($1, $2, $3, $4, $5)
                ON CONFLICT (hour, device) DO UPDATE SET incidents = old.incidents + excluded.incidents, segments = old.segments + excluded.segments
                """,
                (long[])[.. devices.Keys.Select(k => k.Hour)], (string[])[.. devices.Keys.Select(k => k.Device)],
                (string[])[.. devices.Values.Select(s => s.Ward)], (long[])[.. devices.Values.Select(s => s.Incidents)],
                (long[])[.. devices.Values.Select(s => s.Segments)]);
        if (classes.Count > 0)
            batch.Add(
                """
                INSERT INTO class_hours AS old SELECT * FROM unnest($1, $2, $3, $4)
                ON CONFLICT (hour, class) DO UPDATE SET technique = excluded.technique, segments = old.segments + excluded.segments
                """,
                (long[])[.. classes.Keys.Select(k => k.Hour)], (string?[])[.. classes.Keys.Select(k => k.Class)],
                (string?[])[.. classes.Values.Select(s => s.Technique)], (long[])[.. classes.Values.Select(s => s.Segments)]);
    }
}
