using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Local.Views;

/// <summary>What an incident is found by, as it is stored: names by number.</summary>
internal readonly record struct IncidentKeys(
    long Number, long Device, long Ward, long Kind, long? Class, long Severity);

/// <summary>A narrow row beside each incident, with what lists filter and sort by.</summary>
internal sealed class SqliteIncidentIndex(SqliteDatabase database, SqliteNames names)
{
    private readonly Dictionary<string, IncidentKeys> found = [];
    private readonly Dictionary<long, IncidentKeys> moved = [];
    private readonly SqliteStatement insert = database.Statement("""
        INSERT INTO incident_index VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (number) DO UPDATE SET open = ?3, seen_at = ?5, severity = ?6, score = ?7, class = ?11, technique = ?12, disposition = ?13
        """);

    private long? last;

    /// <summary>All rows that there are were written by this one: none has to be looked for.</summary>
    public bool IsComplete { get; set; }

    /// <summary>What its events are found by from now on; an incident that is new gets its number.</summary>
    public IncidentKeys KeysOf(Incident incident)
    {
        var before = Find(incident.Id);
        var keys = new IncidentKeys(before?.Number ?? Next(), names.NumberOf(SqliteNames.Device, incident.Device.Id)!.Value,
            names.NumberOf(SqliteNames.Ward, incident.Device.Ward)!.Value, (long)incident.Kind, names.NumberOf(SqliteNames.Class, incident.Suspected?.Name),
            (long)incident.Severity);
        if (before == keys) return keys;
        if (before is not null) moved[keys.Number] = keys;
        return found[incident.Id] = keys;
    }

    public void Write(Incident incident)
    {
        var keys = KeysOf(incident);
        insert.Bind(1, keys.Number).Bind(2, incident.Id).Bind(3, incident.IsOpen ? 1 : 0).Bind(4, incident.OpenedAt.UtcTicks)
            .Bind(5, incident.LastSeenAt.UtcTicks).Bind(6, keys.Severity).Bind(7, ScoreOrder.Of(incident.HighestScore)).Bind(8, keys.Device)
            .Bind(9, keys.Ward).Bind(10, keys.Kind).Bind(11, keys.Class).Bind(12, incident.Suspected?.Technique).Bind(13, (long?)incident.Disposition).Run();
    }

    /// <summary>Incidents that have become others since this was asked: their earlier events have to follow.</summary>
    public IReadOnlyCollection<IncidentKeys> TakeMoved()
    {
        IncidentKeys[] taken = [.. moved.Values];
        moved.Clear();
        return taken;
    }

    private IncidentKeys? Find(string incidentId)
    {
        if (found.TryGetValue(incidentId, out var known)) return known;
        if (IsComplete || Number("number", incidentId) is not { } number) return null;
        return found[incidentId] = new(number, Number("device", incidentId)!.Value, Number("ward", incidentId)!.Value,
            Number("kind", incidentId)!.Value, Number("class", incidentId), Number("severity", incidentId)!.Value);
    }

    public void Forget()
    {
        found.Clear();
        moved.Clear();
        (last, IsComplete) = (null, false);
    }

    private long Next()
    {
        last ??= database.Statement("SELECT COALESCE(MAX(number), 0) FROM incident_index").Number()!.Value;
        return (last = last.Value + 1).Value;
    }

    private long? Number(string column, string incidentId) =>
        database.Statement($"SELECT {column} FROM incident_index WHERE incident = ?1").Bind(1, incidentId).Number();
}
