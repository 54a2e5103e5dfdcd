using System.Data.Common;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response;

/// <summary>The statements of the outbox, each within the caller's transaction.</summary>
internal static class OutboxQueue
{
    /// <summary>Looked at together, and at most so many in one digest.</summary>
    private const int MostAtOnce = 500;

    private const string Columns =
        "SELECT o.data, o.attempts, o.first_attempt_at, o.earlier, t.severity FROM outbox o LEFT JOIN notification_threads t ON t.incident = o.incident";

    public static async Task<ChannelQueue> ReadAsync(DbTransaction transaction, string channel, DateTimeOffset now)
    {
        var (of, at) = (("@channel", (object?)channel), ("@now", (object?)now.UtcTicks));
        var due = await MessagesAsync(transaction,
            $"{Columns} WHERE o.channel = @channel AND o.due_at <= @now AND o.lease_until IS NULL AND o.digest IS NULL "
            + $"ORDER BY o.due_at, o.id LIMIT {MostAtOnce}",
            of, at);
        var abandoned = await MessagesAsync(transaction,
            $"{Columns} WHERE o.channel = @channel AND o.lease_until <= @now ORDER BY o.due_at, o.id LIMIT {MostAtOnce}", of, at);
        var inFlight = await transaction.QueryAsync(
            "SELECT COUNT(*) FROM outbox WHERE channel = @channel AND lease_until > @now", r => (int)r.GetInt64(0), of, at);
        var state = await transaction.QueryAsync("SELECT paused_until, window_start, window_messages FROM outbox_channels WHERE channel = @channel",
            r => (Paused: r.Time(0), Start: r.Time(1), Messages: r.GetInt32(2)), of);
        var (paused, start, messages) = state.SingleOrDefault();
        return new ChannelQueue(now, due, abandoned, inFlight[0], paused, start, messages);
    }

    public static Task<List<OutboxMessage>> ReadMembersAsync(DbTransaction transaction, string digest) =>
        MessagesAsync(transaction, $"{Columns} WHERE o.digest = @digest ORDER BY o.id", ("@digest", digest));

    public static async Task<OutboxMessage?> ReadGivenUpAsync(DbTransaction transaction, string id) =>
        (await MessagesAsync(transaction, $"{Columns} WHERE o.id = @id AND o.due_at IS NULL", ("@id", id))).SingleOrDefault();

    /// <returns>When something of the channel is due, or a lease runs out.</returns>
    public static async Task<DateTimeOffset?> NextAtAsync(DbTransaction transaction, string channel, DateTimeOffset now) => (await transaction.QueryAsync(
        """
        SELECT MIN(COALESCE(lease_until, due_at)) FROM outbox
        WHERE channel = @channel AND digest IS NULL AND COALESCE(lease_until, due_at) > @now
        """,
        r => r.Time(0), ("@channel", channel), ("@now", now.UtcTicks)))[0];

    /// <returns>Who else holds leases of the channel.</returns>
    public static Task<List<string>> ReadOwnersAsync(DbTransaction transaction, string channel, string own, DateTimeOffset now) => transaction.QueryAsync(
        "SELECT DISTINCT lease_owner FROM outbox WHERE channel = @channel AND lease_until > @now AND lease_owner <> @own", r => r.GetString(0),
        ("@channel", channel), ("@now", now.UtcTicks), ("@own", own));

    public static Task EndLeasesAsync(DbTransaction transaction, string channel, string owner, DateTimeOffset now) => transaction.ExecuteAsync(
        "UPDATE outbox SET lease_until = @now WHERE channel = @channel AND lease_owner = @owner AND lease_until > @now",
        ("@now", now.UtcTicks), ("@channel", channel), ("@owner", owner));

    public static Task BeginAsync(DbTransaction transaction, string id, string owner, DateTimeOffset now, DateTimeOffset until) => transaction.ExecuteAsync(
        "UPDATE outbox SET lease_until = @until, lease_owner = @owner, attempts = attempts + 1, "
        + "first_attempt_at = COALESCE(first_attempt_at, @now) WHERE id = @id",
        ("@until", until.UtcTicks), ("@owner", owner), ("@now", now.UtcTicks), ("@id", id));

    public static Task DeferAsync(DbTransaction transaction, string id, DateTimeOffset until) => transaction.ExecuteAsync(
        "UPDATE outbox SET due_at = @until, lease_until = NULL WHERE id = @id", ("@until", until.UtcTicks), ("@id", id));

    public static Task RetryAsync(DbTransaction transaction, string id, int attempts, string error, DateTimeOffset at) => transaction.ExecuteAsync(
        "UPDATE outbox SET due_at = @at, lease_until = NULL, attempts = @attempts, error = @error WHERE id = @id",
        ("@at", at.UtcTicks), ("@attempts", attempts), ("@error", error), ("@id", id));

    public static Task GiveUpAsync(DbTransaction transaction, string id, int attempts, string error) => transaction.ExecuteAsync(
        "UPDATE outbox SET due_at = NULL, lease_until = NULL, digest = NULL, attempts = @attempts, error = @error WHERE id = @id",
        ("@attempts", attempts), ("@error", error), ("@id", id));

    /// <summary>As if it were new; its attempts so far are remembered, for the names of the events to come.</summary>
    public static Task RenewAsync(DbTransaction transaction, string id, DateTimeOffset now) => transaction.ExecuteAsync(
        "UPDATE outbox SET due_at = @now, earlier = earlier + attempts, attempts = 0, first_attempt_at = NULL, error = NULL WHERE id = @id",
        ("@now", now.UtcTicks), ("@id", id));

    /// <summary>It is not due by itself any more.</summary>
    public static Task GatherAsync(DbTransaction transaction, string id, string digest) => transaction.ExecuteAsync(
        "UPDATE outbox SET digest = @digest, due_at = @never, lease_until = NULL WHERE id = @id",
        ("@digest", digest), ("@never", DateTimeOffset.MaxValue.UtcTicks), ("@id", id));

    public static Task RemoveAsync(DbTransaction transaction, string id) => transaction.ExecuteAsync("DELETE FROM outbox WHERE id = @id", ("@id", id));

    private static async Task<List<OutboxMessage>> MessagesAsync(
        DbTransaction transaction, string sql, params (string Name, object? Value)[] parameters) =>
        [.. (await transaction.QueryAsync(sql, Message, parameters)).OfType<OutboxMessage>()];

    private static OutboxMessage? Message(DbDataReader reader)
    {
        if (EventTypes.Deserialize(nameof(NotificationRequested), reader.GetString(0)) is not NotificationRequested notification) return null;
        var severity = reader.IsDBNull(4) ? notification.Severity : (Severity)Math.Max((int)notification.Severity, reader.GetInt32(4));
        return new OutboxMessage(notification with { Severity = severity }, reader.GetInt32(1))
        {
            FirstAttemptAt = reader.Time(2), Earlier = reader.GetInt32(3),
        };
    }
}
