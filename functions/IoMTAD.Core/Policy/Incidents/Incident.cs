using System.Text.Json.Serialization;
using IoMTAD.Capture;
using IoMTAD.Policy.Notifications;
using IoMTAD.Policy.Records;

namespace IoMTAD.Policy.Incidents;

public enum IncidentKind
{
    /// <summary>The device talks differently from how it normally does.</summary>
    Behaviour,

    /// <summary>The device has stopped talking.</summary>
    Silence,

    /// <summary>Records of a traffic stream were passed over: nobody has scored them.</summary>
    SkippedTraffic,
}

/// <summary>What an incident turned out to be.</summary>
public enum Disposition { TrueAttack, Malfunction, FalseAlarm, Maintenance }

/// <param name="Name">Attack or malfunction in the dataset's terms, for example <c>SYN flood</c>.</param>
/// <param name="Probability">By a classifier; null where a rule over the features named it.</param>
/// <param name="Technique">MITRE ATT&amp;CK technique, for example <c>T0814</c>; null where none fits.</param>
public sealed record SuspectedClass(string Name, double? Probability, string? Technique);

/// <summary>One feature that made the traffic strange, in its own unit.</summary>
/// <param name="Expected">What is normal for this device where that is learned, else what the model expects.</param>
public sealed record ExplainedFeature(string Name, string Label, string Unit, double Observed, double Expected, double Contribution)
{
    /// <summary>The packet rate of the whole segment, which is judged by the device's own habit and not by the model.</summary>
    public static ExplainedFeature OfRate(double packetsPerSecond, double typical) =>
        new(RateName, "packets per second", "", packetsPerSecond, typical, 1);

    /// <summary>This is the device's own rate, above its limit: no model has a part in it.</summary>
    [JsonIgnore]
    public bool IsRate => Name == RateName;

    private const string RateName = "device_rate";
}

public sealed record IncidentOpened(
    string IncidentId, InventoryDevice Device, IncidentKind Kind, Severity Severity, string Summary, string? PreviousIncidentId) : DomainEvent
{
    /// <summary>The mute or maintenance window under which it opened: it is recorded, and nobody was told.</summary>
    public string? SuppressedBy { get; init; }

    /// <summary>Who reopened a closed incident as this one; null where traffic opened it.</summary>
    public string? By { get; init; }
}

/// <param name="Segments">Strange segments this event stands for: after the first, one event is kept per second of traffic.</param>
/// <param name="Position">Where the last of them stands in the traffic.</param>
public sealed record AnomalyObserved(
    string IncidentId, double Score, double Threshold, double Calibrated, string ModelVersion, string Schema, SuspectedClass? Suspected,
    IReadOnlyList<ExplainedFeature> Features, string Explanation, TrafficPosition Position, int Segments) : DomainEvent
{
    /// <summary>SHA-256 of the segment's bytes, which are kept as evidence; null for what was recorded before they were.</summary>
    public string? SegmentSha256 { get; init; }

    /// <summary>Addresses of the other ends of its frames, busiest first, at most five.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];
}

public sealed record IncidentEscalated(string IncidentId, string DeviceId, Severity From, Severity To, string Reason) : DomainEvent;

/// <param name="IncidentId">Null where it is about no incident: a heartbeat, a test, a digest. It stands in the channel's stream then.</param>
/// <param name="Device">Null likewise.</param>
/// <param name="Text">Ready to send: device, ward, what was seen against what is normal.</param>
public sealed record NotificationRequested(
    string NotificationId, string? IncidentId, string Channel, Severity Severity, InventoryDevice? Device, string Text) : DomainEvent
{
    public NotificationPurpose Purpose { get; init; }

    /// <summary>When what it tells of began, traffic time; null where that was not recorded, and where nothing began.</summary>
    public DateTimeOffset? Since { get; init; }
}

public sealed record NotificationDelivered(string NotificationId, string? IncidentId, string Channel, int Attempts) : DomainEvent
{
    /// <summary>The notification in which this one was told together with others; null where it went by itself.</summary>
    public string? DigestId { get; init; }

    /// <summary>Whom it did not reach although it reached others, in the server's words; null where it reached all.</summary>
    public string? Remark { get; init; }
}

/// <param name="WillRetry">False once the notification is given up and stays in the outbox for a person to see.</param>
public sealed record NotificationFailed(
    string NotificationId, string? IncidentId, string Channel, int Attempt, string Error, bool WillRetry) : DomainEvent;

/// <summary>A person has put a given-up notification back: it is tried as if it were new.</summary>
public sealed record NotificationResent(string NotificationId, string? IncidentId, string Channel, string By) : DomainEvent;

/// <param name="By">The account that did it: a person's, or <c>iomtad</c>.</param>
public sealed record IncidentAcknowledged(string IncidentId, string DeviceId, string By) : DomainEvent;

/// <param name="Text">Digest of what was written; the text itself can be erased, see <see cref="PersonalText"/>.</param>
public sealed record NoteAdded(string IncidentId, string DeviceId, string By, string Text) : DomainEvent;

/// <summary>Stands in the closed incident's stream; the new one names the old as its previous.</summary>
/// <param name="As">The new incident.</param>
public sealed record IncidentReopened(string IncidentId, string DeviceId, string As, string By) : DomainEvent;

public sealed record IncidentClosed(string IncidentId, string DeviceId, Disposition Disposition, string By, string Reason) : DomainEvent;

/// <summary>What its events make of an incident.</summary>
public sealed record Incident(
    string Id, InventoryDevice Device, IncidentKind Kind, Severity Severity, string Summary, DateTimeOffset OpenedAt, DateTimeOffset LastSeenAt,
    int Segments, SuspectedClass? Suspected, double HighestScore, Disposition? Disposition, DateTimeOffset? ClosedAt, int Notified)
{
    /// <summary>Of the stream: an act decided on this state holds only if nothing was recorded meanwhile. Set by the view.</summary>
    public int Version { get; init; }

    public string? PreviousId { get; init; }

    public string? ReopenedAs { get; init; }

    /// <summary>The mute or maintenance window under which it opened.</summary>
    public string? SuppressedBy { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? ClosedBy { get; init; }

    public int Notes { get; init; }

    /// <summary>Who placed a legal hold on it; null while there is none.</summary>
    public string? HeldBy { get; init; }

    [JsonIgnore]
    public bool IsOpen => ClosedAt is null;

    /// <summary>Folds one event into the state; null stands for an incident that has not been opened.</summary>
    public static Incident? Apply(Incident? state, DomainEvent @event, DateTimeOffset occurredAt) => (@event, state) switch
    {
        (IncidentOpened e, _) => new Incident(
            e.IncidentId, e.Device, e.Kind, e.Severity, e.Summary, occurredAt, occurredAt, 0, null, 0, null, null, 0)
        {
            PreviousId = e.PreviousIncidentId, SuppressedBy = e.SuppressedBy,
        },
        (_, null) => null,
        (AnomalyObserved e, _) => state with
        {
            LastSeenAt = occurredAt,
            Segments = state.Segments + e.Segments,
            Suspected = state.Suspected ?? e.Suspected,
            HighestScore = Math.Max(state.HighestScore, e.Score),
        },
        (IncidentEscalated e, _) => state with { Severity = e.To },
        (IncidentAcknowledged e, _) => state with { AcknowledgedBy = e.By, AcknowledgedAt = occurredAt },
        (NoteAdded, _) => state with { Notes = state.Notes + 1 },
        (IncidentClosed e, { IsOpen: true }) => state with { Disposition = e.Disposition, ClosedAt = occurredAt, ClosedBy = e.By },
        (IncidentReopened e, _) => state with { ReopenedAs = e.As },
        (LegalHoldPlaced e, _) => state with { HeldBy = e.By },
        (LegalHoldLifted, _) => state with { HeldBy = null },
        (NotificationDelivered, _) => state with { Notified = state.Notified + 1 },
        _ => state,
    };

    public static string StreamOf(string incidentId) => $"incident-{incidentId}";
}
