using System.Text.Json;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Response;

/// <summary>The tables behind the outbox. What they hold of an event is written in the event's own transaction.</summary>
internal static class OutboxTables
{
    private const string Tables = """
        CREATE INDEX IF NOT EXISTS outbox_by_channel ON outbox (channel, due_at);
        CREATE INDEX IF NOT EXISTS outbox_by_incident ON outbox (incident);
        CREATE TABLE IF NOT EXISTS outbox_channels (
            channel TEXT PRIMARY KEY, paused_until INTEGER, window_start INTEGER, window_messages INTEGER NOT NULL DEFAULT 0,
            delivered_at INTEGER, failed_at INTEGER, error TEXT) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS notification_threads (
            incident TEXT PRIMARY KEY, revision INTEGER NOT NULL, due_at INTEGER, severity INTEGER NOT NULL, open INTEGER NOT NULL,
            data TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS notification_threads_due ON notification_threads (due_at);
        """;

    // Stores of before there were leases have the table without these.
    private const string Columns = """
        ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT '';
        ALTER TABLE outbox ADD COLUMN incident TEXT;
        ALTER TABLE outbox ADD COLUMN earlier INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox ADD COLUMN first_attempt_at INTEGER;
        ALTER TABLE outbox ADD COLUMN lease_until INTEGER;
        ALTER TABLE outbox ADD COLUMN lease_owner TEXT;
        ALTER TABLE outbox ADD COLUMN digest TEXT;
        ALTER TABLE outbox ADD COLUMN error TEXT;
        UPDATE outbox SET channel = json_extract(data, '$.channel'), incident = json_extract(data, '$.incidentId');
        """;

    public static void Complete(SqliteConnection writer)
    {
        using var transaction = writer.BeginTransaction(deferred: false);
        using var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT COUNT(*) FROM pragma_table_info('outbox') WHERE name = 'lease_until'";
        var complete = (long)command.ExecuteScalar()! > 0;
        command.CommandText = complete ? Tables : Columns + Tables;
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>Puts what is requested into the outbox, and keeps the incident's thread.</summary>
    public static void Follow(SqliteDatabase database, SqliteTransaction transaction, StoredEvent stored, DomainEvent @event)
    {
        // A test is sent by the command that asks for it.
        if (@event is NotificationRequested { Purpose: not NotificationPurpose.Test } requested) Enqueue(database, transaction, stored, requested);
        if (@event is IncidentEscalated escalated) Hasten(database, transaction, escalated.IncidentId, stored.RecordedAt);
        if (@event is NotificationDelivered delivered)
            OutboxQueue.KeepHealth(database, transaction, delivered.Channel, stored.RecordedAt, null, delivered.Remark);
        if (@event is NotificationFailed failed)
            OutboxQueue.KeepHealth(database, transaction, failed.Channel, null, stored.RecordedAt, failed.Error);
        if (IncidentOf(@event) is not { } incident) return;
        var (revision, state) = Read(database, transaction, incident);
        if (NotificationThread.Apply(state, @event, stored.OccurredAt, stored.RecordedAt) is not { } next) return;
        database.Prepared(transaction, "INSERT OR REPLACE INTO notification_threads VALUES ($incident, $revision, $due, $severity, $open, $data)",
            ("$incident", incident), ("$revision", revision + 1), ("$due", stored.RecordedAt.UtcTicks), ("$severity", (int)next.Severity),
            ("$open", next.Closed is null), ("$data", JsonSerializer.Serialize(next, EventJson.Default.NotificationThread))).ExecuteNonQuery();
    }

    /// <returns>The incident whose thread the event belongs to; null for events that change no thread.</returns>
    private static string? IncidentOf(DomainEvent @event) => @event switch
    {
        IncidentOpened e => e.IncidentId,
        IncidentEscalated e => e.IncidentId,
        IncidentAcknowledged e => e.IncidentId,
        IncidentClosed e => e.IncidentId,
        NotificationRequested e => e.IncidentId,
        NotificationDelivered e => e.IncidentId,
        NotificationFailed e => e.IncidentId,
        NotificationResent e => e.IncidentId,
        _ => null,
    };

    private static void Enqueue(SqliteDatabase database, SqliteTransaction transaction, StoredEvent stored, NotificationRequested requested) =>
        database.Prepared(transaction,
            "INSERT INTO outbox (id, due_at, attempts, data, channel, incident) VALUES ($id, $due, 0, $data, $channel, $incident)",
            ("$id", stored.Id), ("$due", stored.RecordedAt.UtcTicks), ("$data", stored.Data), ("$channel", requested.Channel),
            ("$incident", requested.IncidentId)).ExecuteNonQuery();

    /// <summary>A message that was put off may not be put off now that the incident is worse.</summary>
    private static void Hasten(SqliteDatabase database, SqliteTransaction transaction, string incident, DateTimeOffset now) =>
        database.Prepared(transaction,
            "UPDATE outbox SET due_at = $now WHERE incident = $incident AND due_at > $now AND attempts = 0 AND lease_until IS NULL AND digest IS NULL",
            ("$now", now.UtcTicks), ("$incident", incident)).ExecuteNonQuery();

    private static (long Revision, NotificationThread? Thread) Read(SqliteDatabase database, SqliteTransaction transaction, string incident)
    {
        using var reader = database.Prepared(transaction, "SELECT revision, data FROM notification_threads WHERE incident = $incident",
            ("$incident", incident)).ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), Parse(reader.GetString(1))) : (0, null);
    }

    public static NotificationThread Parse(string data) => JsonSerializer.Deserialize(data, EventJson.Default.NotificationThread)!;
}
