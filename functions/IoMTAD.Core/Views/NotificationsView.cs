using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <param name="IncidentId">Null where it is about no incident.</param>
/// <param name="RequestedAt">By the host's clock, as all times here.</param>
/// <param name="Attempts">Since it was requested or sent again.</param>
/// <param name="LastError">Of the last attempt that failed; of a delivered one, whom it did not reach.</param>
public sealed record NotificationRow(
    string Id, string? IncidentId, string Channel, NotificationPurpose Purpose, Severity Severity, string? DeviceId, string Text,
    DateTimeOffset RequestedAt, MessageState State, int Attempts, string? LastError, DateTimeOffset? DeliveredAt);

/// <summary>Every notification and what became of it; key: its id.</summary>
public sealed class NotificationsView() : View<NotificationRow>("notifications")
{
    public override string? KeyOf(StoredEvent @event) => @event.Event switch
    {
        NotificationRequested e => e.NotificationId,
        NotificationDelivered e => e.NotificationId,
        NotificationFailed e => e.NotificationId,
        NotificationResent e => e.NotificationId,
        _ => null,
    };

    protected internal override NotificationRow? Fold(NotificationRow? row, StoredEvent @event) => (@event.Event, row) switch
    {
        (NotificationRequested e, _) => new(e.NotificationId, e.IncidentId, e.Channel, e.Purpose, e.Severity, e.Device?.Id, e.Text,
            @event.RecordedAt, MessageState.Waiting, 0, null, null),
        (NotificationDelivered e, not null) => row with
        {
            State = MessageState.Delivered, Attempts = e.Attempts, LastError = e.Remark, DeliveredAt = @event.RecordedAt,
        },
        (NotificationFailed e, not null) => row with
        {
            State = e.WillRetry ? MessageState.Waiting : MessageState.Failed, Attempts = e.Attempt, LastError = e.Error,
        },
        (NotificationResent, not null) => row with { State = MessageState.Waiting, Attempts = 0 },
        _ => row,
    };
}
