namespace IoMTAD.Response;

public enum DeliveryFault
{
    /// <summary>Nothing was delivered, and another try may succeed.</summary>
    Temporary,

    /// <summary>No other try will fare better.</summary>
    Permanent,

    /// <summary>All was handed over and no answer came: it may have been delivered.</summary>
    Unknown,
}

/// <summary>A message did not get out, in the receiver's words.</summary>
/// <param name="retryAt">When the receiver wants to hear of us again, all our messages included; null where it did not say.</param>
public sealed class DeliveryException(string message, DeliveryFault fault = DeliveryFault.Temporary, DateTimeOffset? retryAt = null)
    : Exception(message)
{
    public DeliveryFault Fault { get; } = fault;

    public DateTimeOffset? RetryAt { get; } = retryAt;

    /// <summary>Without a word when to come back: the channel waits as long as the message.</summary>
    public bool IsRateLimit { get; init; }
}
