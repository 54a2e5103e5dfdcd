using IoMTAD.Api.Desks;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using IoMTAD.Response;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Response;

/// <summary>The outbox beside the events it comes from: what became of a message is an event, stored with the message's going.</summary>
public sealed class SqliteOutbox(SqliteDatabase database, SqliteEventStore store) : IOutbox
{
    public Task<IReadOnlyList<string>> ChannelsAsync(CancellationToken cancellation = default) =>
        ReadAsync("SELECT DISTINCT channel FROM outbox WHERE due_at IS NOT NULL ORDER BY channel", reader => reader.GetString(0), cancellation);

    public async Task<TakenMessages> TakeAsync(
        string channel, Func<ChannelQueue, DispatchPlan> plan, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation = default) =>
        await database.WriteAsync(transaction =>
        {
            LeaseOwner.EndOfTheDead(database, transaction, channel, now);
            var planned = plan(OutboxQueue.Read(database, transaction, channel, now));
            foreach (var (message, error) in planned.GivenUp) Fail(transaction, message with { Attempts = Math.Max(0, message.Attempts - 1) }, error, now, null);
            foreach (var (message, until) in planned.Deferred) OutboxQueue.Defer(database, transaction, message.Id, until);
            if (planned.Digest is { } digest) Gather(transaction, digest, planned.Gathered, now);
            foreach (var message in planned.Send) OutboxQueue.Begin(database, transaction, message, now, now + lease);
            OutboxQueue.KeepWindow(database, transaction, channel, planned);
            return new TakenMessages(planned.Send, planned.LookAgainAt ?? OutboxQueue.NextAt(database, transaction, channel, now));
        }, cancellation);

    public Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, string? remark = null, CancellationToken cancellation = default) =>
        database.WriteAsync(transaction =>
        {
            foreach (var member in Members(transaction, message)) Settle(member, message.Id);
            Settle(message, null);
            return 0;

            void Settle(OutboxMessage settled, string? digest)
            {
                var n = settled.Notification;
                Record(transaction, settled, new NotificationDelivered(n.NotificationId, n.IncidentId, n.Channel, message.Attempts + 1)
                {
                    DigestId = digest, Remark = remark,
                }, message.Attempts + 1, now);
                OutboxQueue.Remove(database, transaction, settled.Id);
            }
        }, cancellation);

    public Task FailedAsync(
        OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default) =>
        database.WriteAsync(transaction =>
        {
            Fail(transaction, message, error, now, retryAt);
            return 0;
        }, cancellation);

    /// <summary>How many messages wait, and how many were given up.</summary>
    public async Task<NotificationFigures> CountAsync(CancellationToken cancellation = default)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(due_at), COUNT(*) - COUNT(due_at) FROM outbox";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new NotificationFigures(reader.GetInt32(0), reader.GetInt32(1));
    }

    public Task PauseAsync(string channel, DateTimeOffset until, CancellationToken cancellation = default) =>
        database.WriteAsync(transaction => OutboxQueue.Pause(database, transaction, channel, until), cancellation);

    public Task<bool> ResendAsync(string notificationId, string by, DateTimeOffset now, CancellationToken cancellation = default) =>
        database.WriteAsync(transaction =>
        {
            if (OutboxQueue.ReadGivenUp(database, transaction, notificationId) is not { } message) return false;
            var n = message.Notification;
            Record(transaction, message, new NotificationResent(n.NotificationId, n.IncidentId, n.Channel, by), message.Attempts, now);
            OutboxQueue.Renew(database, transaction, notificationId, now);
            return true;
        }, cancellation);

    /// <summary>How each channel is: of what waits and failed, and of the last outcomes. A channel that nothing was sent by is absent.</summary>
    public Task<IReadOnlyList<ChannelOutcome>> ReadOutcomesAsync(CancellationToken cancellation = default) => ReadAsync(
        """
        SELECT channel, MAX(delivered_at), MAX(failed_at), MAX(error), SUM(waiting), SUM(failed) FROM (
            SELECT channel, delivered_at, failed_at, error, 0 AS waiting, 0 AS failed FROM outbox_channels UNION ALL
            SELECT channel, NULL, NULL, NULL, due_at IS NOT NULL, due_at IS NULL FROM outbox)
        GROUP BY channel ORDER BY channel
        """,
        reader => new ChannelOutcome(reader.GetString(0), SqliteTime(reader, 1), SqliteTime(reader, 2), reader.IsDBNull(3) ? null : reader.GetString(3),
            reader.GetInt32(4), reader.GetInt32(5)), cancellation);

    private static DateTimeOffset? SqliteTime(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetInt64(column), TimeSpan.Zero);

    private void Gather(SqliteTransaction transaction, OutboxMessage digest, IReadOnlyList<OutboxMessage> members, DateTimeOffset now)
    {
        var n = digest.Notification;
        store.Store(transaction, new Commit(
            [new StreamAppend(NotificationIds.StreamOf(n.IncidentId, n.Channel), null, [new NewEvent(n.NotificationId, n, now)])]));
        foreach (var member in members) OutboxQueue.Gather(database, transaction, member.Id, digest.Id);
    }

    /// <summary>Those that a digest stands for share its fate.</summary>
    private IReadOnlyList<OutboxMessage> Members(SqliteTransaction transaction, OutboxMessage message) =>
        message.Notification.Purpose == NotificationPurpose.Digest ? OutboxQueue.ReadMembers(database, transaction, message.Id) : [];

    private void Fail(SqliteTransaction transaction, OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt)
    {
        var isDigest = message.Notification.Purpose == NotificationPurpose.Digest;
        foreach (var member in Members(transaction, message).Append(message))
        {
            var (n, attempt) = (member.Notification, message.Attempts + 1);
            Record(transaction, member, new NotificationFailed(n.NotificationId, n.IncidentId, n.Channel, attempt, error, WillRetry: retryAt is not null), attempt, now);
            if (retryAt is null && isDigest && member.Id == message.Id) OutboxQueue.Remove(database, transaction, member.Id);
            else if (retryAt is null) OutboxQueue.GiveUp(database, transaction, member.Id, attempt, error);
            else if (member.Id == message.Id) OutboxQueue.Retry(database, transaction, member.Id, attempt, error, retryAt.Value);
        }
    }

    private void Record(SqliteTransaction transaction, OutboxMessage message, DomainEvent @event, int attempt, DateTimeOffset now)
    {
        var n = message.Notification;
        var id = EventId.From($"{EventTypes.NameOf(@event)} {n.NotificationId} {message.Earlier + attempt}");
        store.Store(transaction,
            new Commit([new StreamAppend(NotificationIds.StreamOf(n.IncidentId, n.Channel), null, [new NewEvent(id, @event, now)])]));
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<SqliteDataReader, T> read, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
        return rows;
    }
}

/// <param name="LastError">Of the last attempt that failed, or whom the last message did not reach.</param>
public sealed record ChannelOutcome(
    string Channel, DateTimeOffset? LastDeliveredAt, DateTimeOffset? LastFailedAt, string? LastError, int Waiting, int Failed);
