using IoMTAD.Policy.Incidents;

namespace IoMTAD.Response;

/// <param name="Attempts">How often it was tried before.</param>
public sealed record OutboxMessage(NotificationRequested Notification, int Attempts);

/// <summary>Notifications that are committed and not yet delivered.</summary>
public interface IOutbox
{
    /// <summary>Those that are due at <paramref name="now"/>, oldest first.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadDueAsync(DateTimeOffset now, int most, CancellationToken cancellation = default);

    /// <summary>Stores NotificationDelivered and takes the message out, in one transaction.</summary>
    Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Stores NotificationFailed; null for <paramref name="retryAt"/> gives the message up, and it stays for people to see.</summary>
    Task FailedAsync(OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default);

    /// <returns>When the next message is due, or null if none waits.</returns>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default);
}
