using System.Data.Common;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Response;

/// <summary>Puts what is requested into the outbox, and keeps who was told of each incident, in the transactions of the events.</summary>
public sealed class OutboxFollower : ICommitFollower
{
    // Most events are anomalies, which change nothing here: their data need not be read.
    private static readonly HashSet<string> Followed =
    [
        nameof(IncidentOpened), nameof(IncidentEscalated), nameof(IncidentAcknowledged), nameof(IncidentClosed), nameof(NotificationRequested),
        nameof(NotificationDelivered), nameof(NotificationFailed), nameof(NotificationResent),
    ];

    public async Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> appended, CancellationToken cancellation)
    {
        Dictionary<string, NotificationThreadRow> threads = [];
        foreach (var stored in appended)
        {
            if (!Followed.Contains(stored.Type) || stored.Event is not { } @event) continue;
            await FollowAsync(transaction, stored, @event);
            if (IncidentOf(@event) is not { } incident) continue;
            if (!threads.TryGetValue(incident, out var row)) row = threads[incident] = await NotificationThreadRow.ReadAsync(transaction, incident);
            row.Follow(stored, @event);
        }
        foreach (var row in threads.Values) await row.WriteAsync(transaction);
    }

    private static async Task FollowAsync(DbTransaction transaction, StoredEvent stored, DomainEvent @event)
    {
        switch (@event)
        {
            // A test is sent by the command that asks for it.
            case NotificationRequested { Purpose: not NotificationPurpose.Test } requested:
                await EnqueueAsync(transaction, stored, requested);
                break;
            case IncidentEscalated escalated:
                await HastenAsync(transaction, escalated.IncidentId, stored.RecordedAt);
                break;
            case NotificationDelivered delivered:
                await OutboxChannels.KeepHealthAsync(transaction, delivered.Channel, stored.RecordedAt, null, delivered.Remark);
                break;
            case NotificationFailed failed:
                await OutboxChannels.KeepHealthAsync(transaction, failed.Channel, null, stored.RecordedAt, failed.Error);
                break;
        }
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

    private static Task EnqueueAsync(DbTransaction transaction, StoredEvent stored, NotificationRequested requested) => transaction.ExecuteAsync(
        "INSERT INTO outbox (id, due_at, attempts, data, channel, incident) VALUES (@id, @due, 0, @data, @channel, @incident)",
        ("@id", stored.Id), ("@due", stored.RecordedAt.UtcTicks), ("@data", stored.Data), ("@channel", requested.Channel), ("@incident", requested.IncidentId));

    /// <summary>A message that was put off may not be put off now that the incident is worse.</summary>
    private static Task HastenAsync(DbTransaction transaction, string incident, DateTimeOffset now) => transaction.ExecuteAsync(
        "UPDATE outbox SET due_at = @now WHERE incident = @incident AND due_at > @now AND attempts = 0 AND lease_until IS NULL AND digest IS NULL",
        ("@now", now.UtcTicks), ("@incident", incident));
}
