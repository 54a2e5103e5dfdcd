using IoMTAD.Policy.Incidents;

namespace IoMTAD.Response;

/// <summary>A channel that reaches people. The notification's id is its idempotency key.</summary>
public interface INotifier
{
    /// <summary>Name by which <see cref="Policy.PolicyOptions.Routes"/> ask for it.</summary>
    string Channel { get; }

    /// <summary>A repeat of a notification reaches nobody twice: the channel, or whoever receives it, tells it by the id.</summary>
    bool TellsRepeats { get; }

    /// <returns>Null; or whom it did not reach, where it reached others.</returns>
    /// <exception cref="DeliveryException">Not delivered, and what that means for another try.</exception>
    /// <exception cref="Exception">Not delivered: the dispatcher tries again later.</exception>
    Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default);
}
