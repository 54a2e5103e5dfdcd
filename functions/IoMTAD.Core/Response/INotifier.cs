using IoMTAD.Policy.Incidents;

namespace IoMTAD.Response;

/// <summary>A channel that reaches people. The notification's id is its idempotency key: a repeat must reach nobody twice where the channel can tell.</summary>
public interface INotifier
{
    /// <summary>Name by which <see cref="Policy.PolicyOptions.Channels"/> asks for it.</summary>
    string Channel { get; }

    /// <exception cref="Exception">Not delivered: the dispatcher tries again later.</exception>
    Task NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default);
}
