using System.Text.Json.Serialization;
using IoMTAD.Capture;

namespace IoMTAD.Policy.Suppressions;

public enum SuppressionKind
{
    /// <summary>Incidents of the device are recorded, and nobody is told.</summary>
    Mute,

    /// <summary>The same for a device or a ward, planned ahead.</summary>
    Maintenance,

    /// <summary>Anomalies that a rule describes open no incident.</summary>
    AllowRule,

    /// <summary>Traffic of the device that looks like a past incident's opens no incident.</summary>
    LearnedBehaviour,
}

/// <param name="Until">Traffic time, as all times of a suppression.</param>
public sealed record DeviceMuted(string SuppressionId, string DeviceId, DateTimeOffset From, DateTimeOffset Until, string By) : DomainEvent;

/// <param name="DeviceId">Null where the whole ward is meant.</param>
/// <param name="Ward">Null where one device is meant.</param>
public sealed record MaintenanceScheduled(
    string SuppressionId, string? DeviceId, string? Ward, DateTimeOffset From, DateTimeOffset Until, string By) : DomainEvent;

public sealed record AllowRuleAdded(string SuppressionId, AllowRule Rule, DateTimeOffset From, DateTimeOffset Until, string By) : DomainEvent;

/// <param name="IncidentId">The incident whose traffic is normal for this device from now on.</param>
public sealed record BehaviourLearned(
    string SuppressionId, string DeviceId, string IncidentId, LearnedBehaviour Behaviour, DateTimeOffset From, DateTimeOffset Until, string By)
    : DomainEvent;

/// <summary>Ends any of the four before its time.</summary>
public sealed record SuppressionRevoked(string SuppressionId, string By) : DomainEvent;

/// <summary>Strange traffic that was let pass. One event is kept per device and suppression in ten minutes; it says for how many segments it stands.</summary>
public sealed record AnomalyAllowed(
    string SuppressionId, string DeviceId, double Score, double Threshold, TrafficPosition Position, int Segments) : DomainEvent;

/// <summary>What its events make of a suppression. Each has an end: nothing is silenced for good by one click.</summary>
public sealed record Suppression(
    string Id, SuppressionKind Kind, string? DeviceId, string? Ward, DateTimeOffset From, DateTimeOffset Until, string By)
{
    /// <summary>Of an allow rule.</summary>
    public AllowRule? Rule { get; init; }

    /// <summary>Of a learned behaviour.</summary>
    public LearnedBehaviour? Behaviour { get; init; }

    /// <summary>The incident that the behaviour was learned from.</summary>
    public string? IncidentId { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    /// <summary>Strange segments that it let pass, as far as they are on record.</summary>
    public int Allowed { get; init; }

    /// <summary>It takes back tellings, not incidents.</summary>
    [JsonIgnore]
    public bool IsQuietOnly => Kind is SuppressionKind.Mute or SuppressionKind.Maintenance;

    public bool IsActive(DateTimeOffset at) => RevokedAt is null && From <= at && at < Until;

    /// <summary>Whether the device is in its scope.</summary>
    public bool Covers(InventoryDevice device) => SuppressionScope.Covers(DeviceId, Ward, device);

    public static Suppression? Apply(Suppression? state, DomainEvent @event, DateTimeOffset occurredAt) => (@event, state) switch
    {
        (DeviceMuted e, _) => new(e.SuppressionId, SuppressionKind.Mute, e.DeviceId, null, e.From, e.Until, e.By),
        (MaintenanceScheduled e, _) => new(e.SuppressionId, SuppressionKind.Maintenance, e.DeviceId, e.Ward, e.From, e.Until, e.By),
        (AllowRuleAdded e, _) => new(e.SuppressionId, SuppressionKind.AllowRule, e.Rule.DeviceId, e.Rule.Ward, e.From, e.Until, e.By) { Rule = e.Rule },
        (BehaviourLearned e, _) => new(e.SuppressionId, SuppressionKind.LearnedBehaviour, e.DeviceId, null, e.From, e.Until, e.By)
        {
            Behaviour = e.Behaviour, IncidentId = e.IncidentId,
        },
        (_, null) => null,
        (SuppressionRevoked e, { RevokedAt: null }) => state with { RevokedAt = occurredAt, RevokedBy = e.By },
        (AnomalyAllowed e, _) => state with { Allowed = state.Allowed + e.Segments },
        _ => state,
    };

    public static string StreamOf(string suppressionId) => $"suppression-{suppressionId}";
}
