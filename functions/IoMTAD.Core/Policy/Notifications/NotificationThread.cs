using System.Text.Json.Serialization;
using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy.Notifications;

public enum MessageState { Waiting, Failed, Delivered }

/// <summary>One notification of an incident.</summary>
/// <param name="Failures">Attempts that failed since it was requested, or sent again.</param>
public sealed record ThreadMessage(string NotificationId, NotificationPurpose Purpose, string Channel, MessageState State, int Failures);

/// <summary>Who was told of an incident, and what came of it: all that deciding about further messages needs.</summary>
/// <param name="Since">When the incident opened, traffic time.</param>
public sealed record NotificationThread(string IncidentId, InventoryDevice Device, Severity Severity, string Text, DateTimeOffset? Since)
{
    public IReadOnlyList<ThreadMessage> Messages { get; init; } = [];

    /// <summary>When the first message got out, or failed to: from then on somebody ought to be looking.</summary>
    public DateTimeOffset? FirstOutcomeAt { get; init; }

    public bool IsAcknowledged { get; init; }

    /// <summary>In words, why it is closed; null while it is open.</summary>
    public string? Closed { get; init; }

    /// <summary>Nothing more can come of it: it is closed, and each message is delivered or given up.</summary>
    [JsonIgnore]
    public bool IsSettled => Closed is not null && Messages.All(m => m.State != MessageState.Waiting);

    public bool Has(NotificationPurpose purpose, string channel) => Messages.Any(m => m.Purpose == purpose && m.Channel == channel);

    /// <param name="recordedAt">The host's clock: people wait by it, not by traffic time.</param>
    public static NotificationThread? Apply(NotificationThread? state, DomainEvent @event, DateTimeOffset occurredAt, DateTimeOffset recordedAt) =>
        (@event, state) switch
        {
            (IncidentOpened e, _) => new(e.IncidentId, e.Device, e.Severity, e.Summary, occurredAt),
            (NotificationRequested { IncidentId: { } id, Device: { } device } e, null) =>
                new NotificationThread(id, device, e.Severity, e.Text, e.Since).With(e),
            (_, null) => null,
            (NotificationRequested { IncidentId: not null } e, _) => state.With(e),
            (NotificationDelivered e, _) => state.After(e.NotificationId, recordedAt, m => m with { State = MessageState.Delivered }),
            (NotificationFailed e, _) => state.After(e.NotificationId, recordedAt,
                m => m with { State = e.WillRetry ? MessageState.Waiting : MessageState.Failed, Failures = e.Attempt }),
            (NotificationResent e, _) => state.With(e.NotificationId, m => m with { State = MessageState.Waiting, Failures = 0 }),
            (IncidentEscalated e, _) => state with { Severity = e.To },
            (IncidentAcknowledged, _) => state with { IsAcknowledged = true },
            (IncidentClosed e, _) => state with { Closed = RecoveryText.Of(state.Device, e) },
            _ => state,
        };

    private NotificationThread With(NotificationRequested e) =>
        this with { Messages = [.. Messages, new(e.NotificationId, e.Purpose, e.Channel, MessageState.Waiting, Failures: 0)] };

    private NotificationThread With(string id, Func<ThreadMessage, ThreadMessage> change) =>
        this with { Messages = [.. Messages.Select(m => m.NotificationId == id ? change(m) : m)] };

    private NotificationThread After(string id, DateTimeOffset at, Func<ThreadMessage, ThreadMessage> change) =>
        With(id, change) with { FirstOutcomeAt = FirstOutcomeAt ?? at };
}
