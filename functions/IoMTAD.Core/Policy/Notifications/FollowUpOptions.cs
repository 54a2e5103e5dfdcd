namespace IoMTAD.Policy.Notifications;

/// <summary>Whom else to tell while nobody has acknowledged an incident.</summary>
/// <param name="After">Counted from the first message that got out, or failed to.</param>
/// <param name="MinimumSeverity">Of the incident as it is by then.</param>
public sealed record EscalationStep(TimeSpan After, IReadOnlyList<string> Channels, Severity MinimumSeverity = Severity.Low);

/// <summary>The channel that stands in for one that fails.</summary>
/// <param name="AfterFailures">Failed attempts after which it does; null only when the message is given up.</param>
public sealed record ChannelFallback(string Channel, int? AfterFailures = null);

/// <summary>What follows the first message of an incident.</summary>
public sealed record FollowUpOptions
{
    public IReadOnlyList<EscalationStep> Escalation { get; init; } = [];

    /// <summary>By the name of the channel that fails.</summary>
    public IReadOnlyDictionary<string, ChannelFallback> Fallbacks { get; init; } = new Dictionary<string, ChannelFallback>();

    /// <summary>The channels that were told of an incident are told of its end.</summary>
    public bool Recovery { get; init; }
}
