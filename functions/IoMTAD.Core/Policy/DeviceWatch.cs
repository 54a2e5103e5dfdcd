using System.Numerics;

namespace IoMTAD.Policy;

/// <summary>What deciding about one device's next segment needs to remember. Stored with the traffic position, in one transaction.</summary>
/// <remarks>Times are traffic time in nanoseconds since the Unix epoch.</remarks>
public sealed record DeviceWatch(string Address, long FirstSeen, long LastSeen)
{
    public int Segments { get; init; }

    /// <summary>Verdicts of the last segments, newest in bit 0; 1 is strange.</summary>
    public ulong Recent { get; init; }

    public double LongestGapSeconds { get; init; }

    /// <summary>Null once the baseline is learned.</summary>
    public BaselineLearning? Learning { get; init; }

    /// <summary>Null until it is learned.</summary>
    public DeviceBaseline? Baseline { get; init; }

    /// <summary>The baseline's, grown by pauses seen since; null until the baseline is learned.</summary>
    public double? SilenceLimitSeconds { get; init; }

    public string? SilenceIncident { get; init; }

    /// <summary>The silence incident opened under a mute or a maintenance window: people hear of it when that is over.</summary>
    public bool SilenceUntold { get; init; }

    public BehaviourIncident? Behaviour { get; init; }

    /// <summary>Strange traffic that was let pass lately; null where none was.</summary>
    public AllowedTraffic? Allowed { get; init; }

    public int StrangeAmongLast(int segments) => BitOperations.PopCount(Recent & (ulong.MaxValue >> (64 - segments)));

    /// <summary>When this device counts as silent, or null while that cannot be said or has been said already.</summary>
    public long? SilenceDeadline => SilenceLimitSeconds is { } limit && SilenceIncident is null ? LastSeen + Nanoseconds(limit) : null;

    public static long Nanoseconds(double seconds) => (long)(seconds * 1e9);
}

/// <summary>The device's latest behaviour incident, as far as grouping its next anomaly needs it.</summary>
/// <param name="Unrecorded">Strange segments seen since <paramref name="LastRecorded"/> that no event stands for yet.</param>
public sealed record BehaviourIncident(string Id, Severity Severity, long Opened, long LastAnomaly, long LastRecorded, int Unrecorded)
{
    /// <summary>It opened under a mute or a maintenance window: people hear of it if it outlasts that.</summary>
    public bool IsUntold { get; init; }

    /// <summary>A person has closed it: the next anomaly opens another.</summary>
    public bool IsOver { get; init; }
}

/// <summary>Strange traffic that a suppression let pass.</summary>
/// <param name="Unrecorded">Strange segments since <paramref name="LastRecorded"/> that no event stands for yet.</param>
public sealed record AllowedTraffic(string SuppressionId, long LastRecorded, int Unrecorded);
