using IoMTAD.Capture;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>Folds batches of events into rows: in memory first, so that a row is read and written once however many events change it.</summary>
internal sealed class SqliteFold
{
    /// <summary>Rows that stay in memory from one batch to the next.</summary>
    private const int MostRows = 200_000;

    private readonly SqliteDatabase database;
    private readonly IViewRows[] views;
    private readonly ViewRows<Incident> incidents;
    private readonly ViewRows<DeviceHealth> devices;
    private readonly Dictionary<string, InventoryDevice> identities = [];
    private readonly SqliteNames names;
    private readonly SqliteIncidentIndex incidentIndex;
    private readonly SqliteEventIndex eventIndex;
    private readonly SqliteRollups rollups;

    public SqliteFold(SqliteDatabase database, IEnumerable<IView> all)
    {
        this.database = database;
        views = [.. all.Select(view => view.Open(key => Stored(view.Name, key)))];
        incidents = views.OfType<ViewRows<Incident>>().Single();
        devices = views.OfType<ViewRows<DeviceHealth>>().Single();
        names = new SqliteNames(database);
        incidentIndex = new SqliteIncidentIndex(database, names);
        eventIndex = new SqliteEventIndex(database, names);
        rollups = new SqliteRollups(database, names);
    }

    /// <summary>Drops all rows. Numbers of names stay: another process may have them in memory.</summary>
    public static void Clear(SqliteDatabase database, SqliteTransaction transaction)
    {
        SqliteEventIndex.DropIndexes(database, transaction);
        foreach (var table in (string[])["view_rows", "event_index", "incident_index", "device_index", "device_hours", "class_hours"])
            database.Prepared(transaction, $"DELETE FROM {table}").ExecuteNonQuery();
    }

    /// <summary>Within a transaction that <see cref="Flush"/> ends; the rows must be those that this fold, or nobody, has written last.</summary>
    public void Fold(IReadOnlyList<StoredEvent> events)
    {
        foreach (var @event in events)
            foreach (var view in views) view.Apply(@event);
        foreach (var @event in events)
        {
            var found = IndexedEvent.Of(@event);
            var incident = found.IncidentId is { } id ? incidents.Find(id) : null;
            eventIndex.Add(@event, found, incident is null ? null : incidentIndex.KeysOf(incident));
            rollups.Add(@event, incident);
        }
    }

    /// <summary>Writes what has changed.</summary>
    public void Flush()
    {
        foreach (var key in devices.Changed)
            if (devices.Find(key) is { } health) WriteDevice(health);
        foreach (var key in incidents.Changed)
            if (incidents.Find(key) is { } incident) incidentIndex.Write(incident);
        foreach (var moved in incidentIndex.TakeMoved()) eventIndex.Update(moved);
        foreach (var view in views)
            foreach (var (key, row) in view.TakeChanges()) Write(view.View, key, row);
        rollups.Write();
        // Whoever begins anew needs each row again, and soon.
        if (!incidentIndex.IsComplete && views.Sum(view => view.Count) > MostRows) Forget();
    }

    /// <summary>All rows are this one's: however many events are folded before they are written, each is written once.</summary>
    public bool IsAnew => incidentIndex.IsComplete;

    /// <summary>Nothing is stored: from here on all rows are this one's.</summary>
    public void BeginAnew()
    {
        Forget();
        incidentIndex.IsComplete = true;
    }

    /// <summary>After a transaction that failed, or one that another process made: what is in memory may not be what is stored.</summary>
    public void Forget()
    {
        foreach (var view in views) view.Clear();
        identities.Clear();
        names.Forget();
        incidentIndex.Forget();
        rollups.Clear();
    }

    private string? Stored(string view, string key) =>
        incidentIndex.IsComplete ? null : database.Statement("SELECT data FROM view_rows WHERE view = ?1 AND key = ?2").Bind(1, view).Bind(2, key).Text();

    private void Write(string view, string key, string? row)
    {
        if (row is null) database.Statement("DELETE FROM view_rows WHERE view = ?1 AND key = ?2").Bind(1, view).Bind(2, key).Run();
        else
            database.Statement("INSERT INTO view_rows VALUES (?1, ?2, ?3) ON CONFLICT (view, key) DO UPDATE SET data = ?3")
                .Bind(1, view).Bind(2, key).Bind(3, row).Run();
    }

    private void WriteDevice(DeviceHealth health)
    {
        if (identities.GetValueOrDefault(health.Device.Id) == health.Device) return;
        identities[health.Device.Id] = health.Device;
        database.Statement("INSERT OR REPLACE INTO device_index VALUES (?1, ?2, ?3)").Bind(1, health.Device.Id).Bind(2, health.Device.Ward)
            .Bind(3, DeviceWords.Of(health.Device)).Run();
    }
}
