using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Response;

/// <summary>The threads of incidents, which <see cref="OutboxTables"/> keeps with the events.</summary>
public sealed class SqliteFollowUps(SqliteDatabase database) : IFollowUps
{
    public Task<IReadOnlyList<DueThread>> ReadDueAsync(DateTimeOffset now, int most, CancellationToken cancellation = default) => ReadAsync(
        "SELECT data, revision FROM notification_threads WHERE due_at <= $now ORDER BY due_at LIMIT $most",
        reader => new DueThread(OutboxTables.Parse(reader.GetString(0)), reader.GetInt64(1)), cancellation, ("$now", now.UtcTicks), ("$most", most));

    public Task LookedAtAsync(DueThread thread, DateTimeOffset? nextAt, CancellationToken cancellation = default) =>
        database.WriteAsync(transaction => thread.Thread.IsSettled
            ? database.Prepared(transaction, "DELETE FROM notification_threads WHERE incident = $incident AND revision = $revision",
                ("$incident", thread.Thread.IncidentId), ("$revision", thread.Revision)).ExecuteNonQuery()
            : database.Prepared(transaction, "UPDATE notification_threads SET due_at = $next WHERE incident = $incident AND revision = $revision",
                ("$next", nextAt?.UtcTicks), ("$incident", thread.Thread.IncidentId), ("$revision", thread.Revision)).ExecuteNonQuery(), cancellation);

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) =>
        (await ReadAsync("SELECT MIN(due_at) FROM notification_threads WHERE due_at IS NOT NULL",
            reader => reader.IsDBNull(0) ? null : (DateTimeOffset?)new DateTimeOffset(reader.GetInt64(0), TimeSpan.Zero), cancellation))[0];

    public async Task<WatchFigures> ReadFiguresAsync(DateTimeOffset? lastTraffic, CancellationToken cancellation = default)
    {
        var counts = await ReadAsync(
            """
            SELECT (SELECT COUNT(DISTINCT address) FROM watches), (SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL),
                (SELECT COUNT(*) FROM outbox WHERE due_at IS NULL)
            """,
            reader => (Devices: reader.GetInt32(0), Waiting: reader.GetInt32(1), Failed: reader.GetInt32(2)), cancellation);
        var open = await ReadAsync("SELECT severity, COUNT(*) FROM notification_threads WHERE open GROUP BY severity",
            reader => ((Severity)reader.GetInt32(0), reader.GetInt32(1)), cancellation);
        return new WatchFigures(counts[0].Devices, open.ToDictionary(), lastTraffic, counts[0].Waiting, counts[0].Failed);
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<SqliteDataReader, T> read, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
        return rows;
    }
}
