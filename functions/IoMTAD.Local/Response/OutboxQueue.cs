using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Response;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Response;

/// <summary>The statements of the outbox, each within the caller's transaction.</summary>
internal static class OutboxQueue
{
    /// <summary>Looked at together, and at most so many in one digest.</summary>
    private const int MostAtOnce = 500;

    private const string Columns =
        "SELECT o.data, o.attempts, o.first_attempt_at, o.earlier, t.severity FROM outbox o LEFT JOIN notification_threads t ON t.incident = o.incident";

    public static ChannelQueue Read(SqliteDatabase database, SqliteTransaction transaction, string channel, DateTimeOffset now)
    {
        var (of, at) = (("$channel", (object?)channel), ("$now", (object?)now.UtcTicks));
        var due = Messages(database.Prepared(transaction,
            $"{Columns} WHERE o.channel = $channel AND o.due_at <= $now AND o.lease_until IS NULL AND o.digest IS NULL ORDER BY o.due_at, o.id LIMIT {MostAtOnce}",
            of, at));
        var abandoned = Messages(database.Prepared(transaction,
            $"{Columns} WHERE o.channel = $channel AND o.lease_until <= $now ORDER BY o.due_at, o.id LIMIT {MostAtOnce}", of, at));
        var inFlight = (long)database.Prepared(transaction,
            "SELECT COUNT(*) FROM outbox WHERE channel = $channel AND lease_until > $now", of, at).ExecuteScalar()!;
        using var reader = database.Prepared(transaction,
            "SELECT paused_until, window_start, window_messages FROM outbox_channels WHERE channel = $channel", of).ExecuteReader();
        return reader.Read()
            ? new ChannelQueue(now, due, abandoned, (int)inFlight, Time(reader, 0), Time(reader, 1), reader.GetInt32(2))
            : new ChannelQueue(now, due, abandoned, (int)inFlight, null, null, 0);
    }

    public static IReadOnlyList<OutboxMessage> ReadMembers(SqliteDatabase database, SqliteTransaction transaction, string digest) =>
        Messages(database.Prepared(transaction, $"{Columns} WHERE o.digest = $digest ORDER BY o.id", ("$digest", digest)));

    public static OutboxMessage? ReadGivenUp(SqliteDatabase database, SqliteTransaction transaction, string id) =>
        Messages(database.Prepared(transaction, $"{Columns} WHERE o.id = $id AND o.due_at IS NULL", ("$id", id))).SingleOrDefault();

    /// <returns>When something of the channel is due, or a lease runs out.</returns>
    public static DateTimeOffset? NextAt(SqliteDatabase database, SqliteTransaction transaction, string channel, DateTimeOffset now) =>
        database.Prepared(transaction,
            """
            SELECT MIN(COALESCE(lease_until, due_at)) FROM outbox
            WHERE channel = $channel AND digest IS NULL AND COALESCE(lease_until, due_at) > $now
            """,
            ("$channel", channel), ("$now", now.UtcTicks)).ExecuteScalar() is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public static void Begin(SqliteDatabase database, SqliteTransaction transaction, OutboxMessage message, DateTimeOffset now, DateTimeOffset until) =>
        database.Prepared(transaction,
            "UPDATE outbox SET lease_until = $until, lease_owner = $owner, attempts = attempts + 1, first_attempt_at = COALESCE(first_attempt_at, $now) WHERE id = $id",
            ("$until", until.UtcTicks), ("$owner", LeaseOwner.Own), ("$now", now.UtcTicks), ("$id", message.Id)).ExecuteNonQuery();

    public static void Defer(SqliteDatabase database, SqliteTransaction transaction, string id, DateTimeOffset until) =>
        database.Prepared(transaction, "UPDATE outbox SET due_at = $until, lease_until = NULL WHERE id = $id",
            ("$until", until.UtcTicks), ("$id", id)).ExecuteNonQuery();

    public static void Retry(SqliteDatabase database, SqliteTransaction transaction, string id, int attempts, string error, DateTimeOffset at) =>
        database.Prepared(transaction,
            "UPDATE outbox SET due_at = $at, lease_until = NULL, attempts = $attempts, error = $error WHERE id = $id",
            ("$at", at.UtcTicks), ("$attempts", attempts), ("$error", error), ("$id", id)).ExecuteNonQuery();

    public static void GiveUp(SqliteDatabase database, SqliteTransaction transaction, string id, int attempts, string error) =>
        database.Prepared(transaction,
            "UPDATE outbox SET due_at = NULL, lease_until = NULL, digest = NULL, attempts = $attempts, error = $error WHERE id = $id",
            ("$attempts", attempts), ("$error", error), ("$id", id)).ExecuteNonQuery();

    /// <summary>As if it were new; its attempts so far are remembered, for the names of the events to come.</summary>
    public static void Renew(SqliteDatabase database, SqliteTransaction transaction, string id, DateTimeOffset now) =>
        database.Prepared(transaction,
            "UPDATE outbox SET due_at = $now, earlier = earlier + attempts, attempts = 0, first_attempt_at = NULL, error = NULL WHERE id = $id",
            ("$now", now.UtcTicks), ("$id", id)).ExecuteNonQuery();

    /// <summary>It is not due by itself any more.</summary>
    public static void Gather(SqliteDatabase database, SqliteTransaction transaction, string id, string digest) =>
        database.Prepared(transaction, "UPDATE outbox SET digest = $digest, due_at = $never, lease_until = NULL WHERE id = $id",
            ("$digest", digest), ("$never", DateTimeOffset.MaxValue.UtcTicks), ("$id", id)).ExecuteNonQuery();

    public static void Remove(SqliteDatabase database, SqliteTransaction transaction, string id) =>
        database.Prepared(transaction, "DELETE FROM outbox WHERE id = $id", ("$id", id)).ExecuteNonQuery();

    public static int Pause(SqliteDatabase database, SqliteTransaction transaction, string channel, DateTimeOffset until) =>
        database.Prepared(transaction,
            """
            INSERT INTO outbox_channels (channel, paused_until) VALUES ($channel, $until)
            ON CONFLICT (channel) DO UPDATE SET paused_until = MAX(COALESCE(paused_until, 0), excluded.paused_until)
            """,
            ("$channel", channel), ("$until", until.UtcTicks)).ExecuteNonQuery();

    public static void KeepWindow(SqliteDatabase database, SqliteTransaction transaction, string channel, DispatchPlan plan)
    {
        if (plan.WindowStart is not { } start) return;
        database.Prepared(transaction,
            """
            INSERT INTO outbox_channels (channel, window_start, window_messages) VALUES ($channel, $start, $messages)
            ON CONFLICT (channel) DO UPDATE SET window_start = excluded.window_start, window_messages = excluded.window_messages
            """,
            ("$channel", channel), ("$start", start.UtcTicks), ("$messages", plan.WindowMessages)).ExecuteNonQuery();
    }

    public static void KeepHealth(
        SqliteDatabase database, SqliteTransaction transaction, string channel, DateTimeOffset? delivered, DateTimeOffset? failed, string? error) =>
        database.Prepared(transaction,
            """
            INSERT INTO outbox_channels (channel, delivered_at, failed_at, error) VALUES ($channel, $delivered, $failed, $error)
            ON CONFLICT (channel) DO UPDATE SET delivered_at = COALESCE(excluded.delivered_at, delivered_at),
                failed_at = COALESCE(excluded.failed_at, failed_at), error = COALESCE(excluded.error, error)
            """,
            ("$channel", channel), ("$delivered", delivered?.UtcTicks), ("$failed", failed?.UtcTicks), ("$error", error)).ExecuteNonQuery();

    private static List<OutboxMessage> Messages(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        List<OutboxMessage> messages = [];
        while (reader.Read())
        {
            if (EventTypes.Deserialize(nameof(NotificationRequested), reader.GetString(0)) is not NotificationRequested notification) continue;
            var severity = reader.IsDBNull(4) ? notification.Severity : (Severity)Math.Max((int)notification.Severity, reader.GetInt32(4));
            messages.Add(new OutboxMessage(notification with { Severity = severity }, reader.GetInt32(1))
            {
                FirstAttemptAt = Time(reader, 2), Earlier = reader.GetInt32(3),
            });
        }
        return messages;
    }

    private static DateTimeOffset? Time(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetInt64(column), TimeSpan.Zero);
}
