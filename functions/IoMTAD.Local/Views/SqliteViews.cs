using IoMTAD.Local.Recording;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>Keeps the rows of all views in the store's file, beside the position up to which they are folded.</summary>
public sealed class SqliteViews(SqliteDatabase database, IEventStore store)
{
    private const int BatchSize = 1000;
    private const string SelectNextPosition = "SELECT next_position FROM view_positions WHERE view = $view";

    public static IReadOnlyList<IView> All { get; } =
        [new IncidentsView(), new DeviceHealthView(), new DetectionTimelineView(), new ModelsView(), new SuppressionsView(), new NotificationsView()];

    // All views are folded together; another set of views, as after an upgrade, is another name, and starts anew.
    private static readonly string SetName = string.Join(' ', All.Select(view => view.Name));

    /// <summary>Folds the events that have come since the last call. Several may do so at the same time: each event is folded once.</summary>
    /// <returns>How many this call folded.</returns>
    public async Task<long> CatchUpAsync(CancellationToken cancellation = default)
    {
        for (long folded = 0; ;)
        {
            var next = await NextPositionAsync(cancellation);
            var batch = await store.ReadAllAsync(next, cancellation).Take(BatchSize).ToListAsync(cancellation);
            if (batch.Count == 0) return folded;
            // Another caller, or another process, may have been faster since the batch was read.
            folded += await database.WriteAsync(t => NextPosition(t) == next ? Fold(t, batch, anew: next == 0) : 0, cancellation);
        }
    }

    /// <summary>Drops all rows and folds every event anew.</summary>
    public async Task<long> RebuildAsync(CancellationToken cancellation = default)
    {
        await database.WriteAsync(t => database.Prepared(t, "DELETE FROM view_rows").ExecuteNonQuery()
            + database.Prepared(t, "DELETE FROM view_positions").ExecuteNonQuery(), cancellation);
        return await CatchUpAsync(cancellation);
    }

    /// <summary>All rows of a view, ordered by key.</summary>
    public async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(View<TRow> view, CancellationToken cancellation = default)
        where TRow : class
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM view_rows WHERE view = $view ORDER BY key";
        command.Parameters.AddWithValue("$view", view.Name);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<TRow> rows = [];
        while (await reader.ReadAsync(cancellation)) rows.Add(ViewJson.Read<TRow>(reader.GetString(0)));
        return rows;
    }

    private async Task<long> NextPositionAsync(CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = SelectNextPosition;
        command.Parameters.AddWithValue("$view", SetName);
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    private long NextPosition(SqliteTransaction transaction) => database.Prepared(transaction, SelectNextPosition, ("$view", SetName)).ExecuteScalar() as long? ?? 0;

    private int Fold(SqliteTransaction transaction, List<StoredEvent> events, bool anew)
    {
        if (anew) database.Prepared(transaction, "DELETE FROM view_rows").ExecuteNonQuery();
        foreach (var view in All)
            foreach (var @event in events)
                if (view.KeyOf(@event) is { } key) Fold(transaction, view, key, @event);
        database.Prepared(transaction, "INSERT OR REPLACE INTO view_positions VALUES ($view, $next)",
            ("$view", SetName), ("$next", events[^1].Position + 1)).ExecuteNonQuery();
        return events.Count;
    }

    private void Fold(SqliteTransaction transaction, IView view, string key, StoredEvent @event)
    {
        var row = database.Prepared(transaction, "SELECT data FROM view_rows WHERE view = $view AND key = $key",
            ("$view", view.Name), ("$key", key)).ExecuteScalar() as string;
        if (view.Apply(row, @event) is { } next)
            database.Prepared(transaction, "INSERT OR REPLACE INTO view_rows VALUES ($view, $key, $data)",
                ("$view", view.Name), ("$key", key), ("$data", next)).ExecuteNonQuery();
        else
            database.Prepared(transaction, "DELETE FROM view_rows WHERE view = $view AND key = $key",
                ("$view", view.Name), ("$key", key)).ExecuteNonQuery();
    }
}
