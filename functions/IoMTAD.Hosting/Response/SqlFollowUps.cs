using IoMTAD.Hosting.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response;

/// <summary>The threads of incidents, which <see cref="OutboxFollower"/> keeps with the events.</summary>
public sealed class SqlFollowUps(ITransactionalStore store) : IFollowUps
{
    public async Task<IReadOnlyList<DueThread>> ReadDueAsync(DateTimeOffset now, int most, CancellationToken cancellation = default) => await store.QueryAsync(
        "SELECT data, revision FROM notification_threads WHERE due_at <= @now ORDER BY due_at LIMIT @most",
        r => new DueThread(NotificationThreadRow.Parse(r.GetString(0)), r.GetInt64(1)), cancellation, ("@now", now.UtcTicks), ("@most", most));

    public Task LookedAtAsync(DueThread thread, DateTimeOffset? nextAt, CancellationToken cancellation = default) =>
        store.WriteAsync(transaction => thread.Thread.IsSettled
            ? transaction.ExecuteAsync("DELETE FROM notification_threads WHERE incident = @incident AND revision = @revision",
                ("@incident", thread.Thread.IncidentId), ("@revision", thread.Revision))
            : transaction.ExecuteAsync("UPDATE notification_threads SET due_at = @next WHERE incident = @incident AND revision = @revision",
                ("@next", nextAt?.UtcTicks), ("@incident", thread.Thread.IncidentId), ("@revision", thread.Revision)), cancellation);

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) =>
        (await store.QueryAsync("SELECT MIN(due_at) FROM notification_threads WHERE due_at IS NOT NULL", r => r.Time(0), cancellation))[0];

    public async Task<WatchFigures> ReadFiguresAsync(DateTimeOffset? lastTraffic, CancellationToken cancellation = default)
    {
        var counts = (await store.QueryAsync(
            """
            SELECT (SELECT COUNT(DISTINCT address) FROM watches), (SELECT COUNT(*) FROM outbox WHERE due_at IS NOT NULL),
                (SELECT COUNT(*) FROM outbox WHERE due_at IS NULL), (SELECT MAX(clock) FROM checkpoints)
            """,
            r => (Devices: (int)r.GetInt64(0), Waiting: (int)r.GetInt64(1), Failed: (int)r.GetInt64(2), Clock: r.Time(3)), cancellation))[0];
        var open = await store.QueryAsync("SELECT severity, COUNT(*) FROM notification_threads WHERE open = 1 GROUP BY severity",
            r => ((Severity)r.GetInt32(0), (int)r.GetInt64(1)), cancellation);
        return new WatchFigures(counts.Devices, open.ToDictionary(), lastTraffic ?? counts.Clock, counts.Waiting, counts.Failed);
    }
}
