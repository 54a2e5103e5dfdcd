using IoMTAD.Policy.Notifications;

namespace IoMTAD.Response;

/// <summary>How messages go out by one channel.</summary>
public sealed record ChannelOptions
{
    public static ChannelOptions Default { get; } = new();

    /// <summary>Messages being sent at the same time, by all processes on the store together.</summary>
    public int MaxInFlight { get; init; } = 2;

    /// <summary>An attempt that takes longer has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Beyond the timeout, after which an attempt without an outcome counts as left behind by a process that ended.</summary>
    public TimeSpan LeaseMargin { get; init; } = TimeSpan.FromSeconds(30);

    public QuietHours? QuietHours { get; init; }

    /// <summary>Null where each notification is a message of its own.</summary>
    public DigestOptions? Digest { get; init; }

    public RetrySchedule Retry { get; init; } = RetrySchedule.Default;

    /// <summary>What may have been delivered is sent again: rather twice than never.</summary>
    public bool ResendUnknown { get; init; }
}
