using System.Data.Common;
using System.Text.Json;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Response;

/// <summary>An incident's thread as its table has it, for the length of a transaction.</summary>
internal sealed class NotificationThreadRow
{
    private readonly string incident;
    private long revision;
    private NotificationThread? thread;
    private DateTimeOffset? changedAt;

    private NotificationThreadRow(string incident) => this.incident = incident;

    public static async Task<NotificationThreadRow> ReadAsync(DbTransaction transaction, string incident)
    {
        var row = new NotificationThreadRow(incident);
        var found = await transaction.QueryAsync("SELECT revision, data FROM notification_threads WHERE incident = @incident",
            r => (r.GetInt64(0), Parse(r.GetString(1))), ("@incident", incident));
        if (found.Count > 0) (row.revision, row.thread) = found[0];
        return row;
    }

    public void Follow(StoredEvent stored, DomainEvent @event)
    {
        if (NotificationThread.Apply(thread, @event, stored.OccurredAt, stored.RecordedAt) is not { } next) return;
        (thread, changedAt) = (next, stored.RecordedAt);
        revision++;
    }

    /// <summary>Somebody is to look at what has changed.</summary>
    public async Task WriteAsync(DbTransaction transaction)
    {
        if (changedAt is not { } at) return;
        await transaction.ExecuteAsync(
            """
            INSERT INTO notification_threads (incident, revision, due_at, severity, open, data) VALUES (@incident, @revision, @due, @severity, @open, @data)
            ON CONFLICT (incident) DO UPDATE SET revision = excluded.revision, due_at = excluded.due_at, severity = excluded.severity,
                open = excluded.open, data = excluded.data
            """,
            ("@incident", incident), ("@revision", revision), ("@due", at.UtcTicks), ("@severity", (int)thread!.Severity),
            ("@open", thread.Closed is null ? 1 : 0), ("@data", JsonSerializer.Serialize(thread, EventJson.Default.NotificationThread)));
    }

    public static NotificationThread Parse(string data) => JsonSerializer.Deserialize(data, EventJson.Default.NotificationThread)!;
}
