using IoMTAD.Local.Recording;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Local.Views;

/// <summary>What an incident is found by, as it is stored: names by number.</summary>
internal readonly record struct IncidentKeys(
    long Number, long Device, long Ward, long Kind, long? Class, long Severity, long? Disposition);

/// <summary>A narrow row beside each incident, with what lists filter and sort by.</summary>
internal sealed class SqliteIncidentIndex(SqliteDatabase database, SqliteNames names)
{
    private readonly Dictionary<string, IncidentKeys> written = [];

    /// <returns>The new keys where an incident that was there already has others now, so that its events have to follow.</returns>
    public IncidentKeys? Write(Incident incident)
    {
        var before = Find(incident.Id);
        var number = before?.Number ?? database.Statement("SELECT COALESCE(MAX(number), 0) + 1 FROM incident_index").Number()!.Value;
        var keys = new IncidentKeys(number, names.NumberOf(SqliteNames.Device, incident.Device.Id)!.Value,
            names.NumberOf(SqliteNames.Ward, incident.Device.Ward)!.Value, (long)incident.Kind, names.NumberOf(SqliteNames.Class, incident.Suspected?.Name),
            (long)incident.Severity, (long?)incident.Disposition);
        database.Statement("INSERT OR REPLACE INTO incident_index VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
            .Bind(1, number).Bind(2, incident.Id).Bind(3, incident.IsOpen ? 1 : 0).Bind(4, incident.OpenedAt.UtcTicks)
            .Bind(5, incident.LastSeenAt.UtcTicks).Bind(6, keys.Severity).Bind(7, ScoreOrder.Of(incident.HighestScore)).Bind(8, keys.Device)
            .Bind(9, keys.Ward).Bind(10, keys.Kind).Bind(11, keys.Class).Bind(12, incident.Suspected?.Technique).Bind(13, keys.Disposition).Run();
        written[incident.Id] = keys;
        return before is { } old && old != keys ? keys : null;
    }

    public IncidentKeys? Find(string incidentId)
    {
        if (written.TryGetValue(incidentId, out var keys)) return keys;
        if (Number("number", incidentId) is not { } number) return null;
        return written[incidentId] = new(number, Number("device", incidentId)!.Value, Number("ward", incidentId)!.Value,
            Number("kind", incidentId)!.Value, Number("class", incidentId), Number("severity", incidentId)!.Value, Number("disposition", incidentId));
    }

    public void Forget() => written.Clear();

    private long? Number(string column, string incidentId) =>
        database.Statement($"SELECT {column} FROM incident_index WHERE incident = ?1").Bind(1, incidentId).Number();
}
