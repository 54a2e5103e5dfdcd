using IoMTAD.Api.Live;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Response;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Response;

/// <summary>The outbox beside the events it comes from: what became of a message is an event, stored with the message's going.</summary>
public sealed class SqliteOutbox(SqliteDatabase database, SqliteEventStore store) : IOutbox, INotificationFigures
{
    public async Task<IReadOnlyList<OutboxMessage>> ReadDueAsync(DateTimeOffset now, int most, CancellationToken cancellation = default)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT data, attempts FROM outbox WHERE due_at <= $now ORDER BY due_at, id LIMIT $most";
        command.Parameters.AddWithValue("$now", now.UtcTicks);
        command.Parameters.AddWithValue("$most", most);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<OutboxMessage> messages = [];
        while (await reader.ReadAsync(cancellation))
            if (EventTypes.Deserialize(nameof(NotificationRequested), reader.GetString(0)) is NotificationRequested notification)
                messages.Add(new OutboxMessage(notification, reader.GetInt32(1)));
        return messages;
    }

    public Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, CancellationToken cancellation = default) =>
        RecordAsync(message, now, (n, attempt) => new NotificationDelivered(n.NotificationId, n.IncidentId, n.Channel, attempt),
            (transaction, n, _) => database.Prepared(transaction, "DELETE FROM outbox WHERE id = $id", ("$id", n.NotificationId)), cancellation);

    public Task FailedAsync(
        OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default) =>
        RecordAsync(message, now,
            (n, attempt) => new NotificationFailed(n.NotificationId, n.IncidentId, n.Channel, attempt, error, WillRetry: retryAt is not null),
            (transaction, n, attempt) => database.Prepared(transaction,
                "UPDATE outbox SET due_at = $due, attempts = $attempts WHERE id = $id",
                ("$due", retryAt?.UtcTicks), ("$attempts", attempt), ("$id", n.NotificationId)), cancellation);

    public async Task<NotificationFigures> CountAsync(CancellationToken cancellation = default)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(due_at), COUNT(*) - COUNT(due_at) FROM outbox";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new NotificationFigures(reader.GetInt32(0), reader.GetInt32(1));
    }

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT MIN(due_at) FROM outbox";
        return await command.ExecuteScalarAsync(cancellation) is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private Task RecordAsync(
        OutboxMessage message, DateTimeOffset now, Func<NotificationRequested, int, DomainEvent> outcome,
        Func<SqliteTransaction, NotificationRequested, int, SqliteCommand> settle, CancellationToken cancellation) =>
        database.WriteAsync(transaction =>
        {
            var (notification, attempt) = (message.Notification, message.Attempts + 1);
            var @event = outcome(notification, attempt);
            var id = EventId.From($"{EventTypes.NameOf(@event)} {notification.NotificationId} {attempt}");
            store.Store(transaction,
                new Commit([new StreamAppend(Incident.StreamOf(notification.IncidentId), null, [new NewEvent(id, @event, now)])]));
            return settle(transaction, notification, attempt).ExecuteNonQuery();
        }, cancellation);
}
