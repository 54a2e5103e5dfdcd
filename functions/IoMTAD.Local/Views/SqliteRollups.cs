using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Views;

/// <summary>Sums per hour of traffic time, gathered in memory over a batch and added to the stored ones.</summary>
internal sealed class SqliteRollups(SqliteDatabase database, SqliteNames names)
{
    /// <summary>Stands for what nothing could name.</summary>
    public const long Unnamed = 0;

    private readonly Dictionary<(long Hour, long Device, long Ward), (int Incidents, int Segments)> devices = [];
    private readonly Dictionary<(long Hour, long Class), (string? Technique, int Segments)> classes = [];

    public void Add(StoredEvent @event, Incident? incident)
    {
        if (incident is null || @event.Event is not (IncidentOpened or AnomalyObserved)) return;
        var hour = TrafficHours.Of(@event.OccurredAt);
        var key = (hour, names.NumberOf(SqliteNames.Device, incident.Device.Id)!.Value, names.NumberOf(SqliteNames.Ward, incident.Device.Ward)!.Value);
        var (opened, strange) = devices.GetValueOrDefault(key);
        if (@event.Event is not AnomalyObserved observed)
        {
            devices[key] = (opened + 1, strange);
            return;
        }
        devices[key] = (opened, strange + observed.Segments);
        var suspected = (hour, names.NumberOf(SqliteNames.Class, observed.Suspected?.Name) ?? Unnamed);
        classes[suspected] = (observed.Suspected?.Technique, classes.GetValueOrDefault(suspected).Segments + observed.Segments);
    }

    public void Write()
    {
        foreach (var (key, sum) in devices)
            database.Statement("""
                INSERT INTO device_hours VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT DO UPDATE SET incidents = incidents + excluded.incidents, segments = segments + excluded.segments
                """).Bind(1, key.Hour).Bind(2, key.Device).Bind(3, key.Ward).Bind(4, sum.Incidents).Bind(5, sum.Segments).Run();
        foreach (var (key, sum) in classes)
            database.Statement("""
                INSERT INTO class_hours VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET technique = excluded.technique, segments = segments + excluded.segments
                """).Bind(1, key.Hour).Bind(2, key.Class).Bind(3, sum.Technique).Bind(4, sum.Segments).Run();
        Clear();
    }

    public void Clear()
    {
        devices.Clear();
        classes.Clear();
    }
}
