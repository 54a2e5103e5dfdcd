using IoMTAD.Policy.Incidents;

namespace IoMTAD.Response;

/// <param name="Attempts">How often it was tried before, since it was requested or sent again; the try of a process that ended counts.</param>
public sealed record OutboxMessage(NotificationRequested Notification, int Attempts)
{
    /// <summary>Null before the first attempt.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    /// <summary>Attempts before a person had it sent again.</summary>
    public int Earlier { get; init; }

    public string Id => Notification.NotificationId;
}

/// <summary>What of one channel is not settled, as one transaction sees it.</summary>
/// <param name="Due">Of the current severity of their incidents, which may have risen since they were requested.</param>
/// <param name="Abandoned">Attempts that began and whose lease ran out: the process ended, or lost the store.</param>
/// <param name="InFlight">Attempts going on now, in any process.</param>
/// <param name="PausedUntil">No message goes out before, by the receiver's own wish.</param>
/// <param name="WindowStart">First message of the digest window; null before the first.</param>
/// <param name="WindowMessages">Messages sent since then.</param>
public sealed record ChannelQueue(
    DateTimeOffset Now, IReadOnlyList<OutboxMessage> Due, IReadOnlyList<OutboxMessage> Abandoned, int InFlight, DateTimeOffset? PausedUntil,
    DateTimeOffset? WindowStart, int WindowMessages);

/// <summary>What becomes of a queue, in the same transaction.</summary>
/// <param name="Send">To be sent now: they are marked before anything is said.</param>
/// <param name="Deferred">Not due before then.</param>
/// <param name="GivenUp">With the error that is recorded.</param>
/// <param name="LookAgainAt">Null where only what comes in can change anything.</param>
public sealed record DispatchPlan(
    IReadOnlyList<OutboxMessage> Send, IReadOnlyList<(OutboxMessage Message, DateTimeOffset Until)> Deferred,
    IReadOnlyList<(OutboxMessage Message, string Error)> GivenUp, DateTimeOffset? LookAgainAt)
{
    /// <summary>One of <see cref="Send"/>, made of <see cref="Gathered"/>; null where none was made.</summary>
    public OutboxMessage? Digest { get; init; }

    /// <summary>Settled with the digest.</summary>
    public IReadOnlyList<OutboxMessage> Gathered { get; init; } = [];

    public DateTimeOffset? WindowStart { get; init; }

    public int WindowMessages { get; init; }
}

/// <param name="NextAt">When something is due next, or a lease runs out; null while nothing waits.</param>
public sealed record TakenMessages(IReadOnlyList<OutboxMessage> Messages, DateTimeOffset? NextAt);

/// <summary>Notifications that are committed and not yet delivered. Several dispatchers, of several processes, may work on it.</summary>
public interface IOutbox
{
    /// <summary>Names of the channels for which something waits.</summary>
    Task<IReadOnlyList<string>> ChannelsAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Takes what <paramref name="plan"/> says out of one channel's queue, and records before anything is sent that it is being sent: until
    /// <paramref name="lease"/> has passed nobody else gets it.
    /// </summary>
    Task<TakenMessages> TakeAsync(
        string channel, Func<ChannelQueue, DispatchPlan> plan, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation = default);

    /// <summary>Stores NotificationDelivered, of all that a digest gathered too, and takes the message out, in one transaction.</summary>
    /// <param name="remark">Whom it did not reach; null where it reached all.</param>
    Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, string? remark = null, CancellationToken cancellation = default);

    /// <summary>Stores NotificationFailed; null for <paramref name="retryAt"/> gives the message up, and it stays for people to see.</summary>
    Task FailedAsync(OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default);

    /// <summary>Nothing goes out by this channel before <paramref name="until"/>.</summary>
    Task PauseAsync(string channel, DateTimeOffset until, CancellationToken cancellation = default);

    /// <summary>Puts a given-up message back, as new.</summary>
    /// <returns>False where there is no such message, or it was not given up.</returns>
    Task<bool> ResendAsync(string notificationId, string by, DateTimeOffset now, CancellationToken cancellation = default);
}
