using System.Globalization;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Notifications;
using IoMTAD.Policy.Records;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Views;

/// <summary>What an event says, in a few words for people.</summary>
public static class EventText
{
    public static string Describe(DomainEvent? @event) => @event switch
    {
        IncidentOpened { By: { } by } e => $"{by} went on with incident {e.PreviousIncidentId}",
        IncidentOpened { SuppressedBy: { } suppression } e => $"{e.Summary} Nobody was told: suppression {suppression}.",
        IncidentOpened e => e.Summary,
        AnomalyObserved e => string.Create(CultureInfo.InvariantCulture,
            $"score {e.Score:0.##} over {e.Threshold:0.##}, {e.Segments} segment(s), {e.Suspected?.Name} at "
            + $"{e.Position.Topic}/{e.Position.Partition}/{e.Position.Offset}"),
        IncidentEscalated e => $"{e.From} → {e.To}: {e.Reason}",
        IncidentAcknowledged e => $"{e.By} is looking",
        NoteAdded e => $"{e.By} wrote a note",
        IncidentClosed e => e.Reason.Length > 0 ? $"{e.Disposition} by {e.By}: {e.Reason}" : $"{e.Disposition} by {e.By}",
        IncidentReopened e => $"{e.By} went on with it as {e.As}",
        NotificationRequested { Purpose: NotificationPurpose.Incident } e => e.Channel,
        NotificationRequested e => $"{e.Channel}: {e.Purpose}",
        NotificationDelivered { Remark: { } remark } e => $"{e.Channel}, {remark}",
        NotificationDelivered e => e.Channel,
        NotificationFailed e => $"{e.Channel}: {e.Error}",
        NotificationResent e => $"{e.By} had it sent again to {e.Channel}",
        DeviceMuted e => $"{e.By} muted {e.DeviceId} until {Time(e.Until)}",
        MaintenanceScheduled e => $"{e.By} planned maintenance of {e.DeviceId ?? $"ward {e.Ward}"} from {Time(e.From)} until {Time(e.Until)}",
        AllowRuleAdded e => $"{e.By} allowed {Rule(e.Rule)} until {Time(e.Until)}",
        BehaviourLearned e => $"{e.By} made what incident {e.IncidentId} showed normal for {e.DeviceId} until {Time(e.Until)}",
        SuppressionRevoked e => $"{e.By} revoked it",
        AnomalyAllowed e => string.Create(CultureInfo.InvariantCulture, $"let {e.Segments} strange segment(s) of {e.DeviceId} pass, score {e.Score:0.##}"),
        TrainingStarted e => $"training on {e.Data}",
        ModelTrained e => string.Create(CultureInfo.InvariantCulture, $"trained on {e.Sequences:#,0} sequences"),
        ThresholdTuned e => string.Create(CultureInfo.InvariantCulture, $"threshold {e.Threshold:0.###} for a false-alarm rate of {e.FalseAlarmRate:0.###%}"),
        ModelPromoted e => $"in use: {e.Reason}",
        ModelRejected e => $"not taken: {e.Reason}",
        ModelRolledBack e => $"given up {e.Replaces}: {e.Reason}",
        RecordAccessed e => string.Create(CultureInfo.InvariantCulture, $"{e.By}: {e.Action} {e.Detail}, {e.Rows:#,0} row(s)"),
        TextErased e => $"{e.By} erased a text: {e.Reason}",
        EvidenceExpired e => $"{e.Segments.Count} segment(s) removed by {e.By}: {e.Reason}",
        LegalHoldPlaced e => $"{e.By} placed a legal hold: {e.Reason}",
        LegalHoldLifted e => $"{e.By} lifted the legal hold: {e.Reason}",
        _ => "",
    };

    /// <returns>The version that an event of a model's life is about; null for others.</returns>
    public static string? ModelVersion(DomainEvent? @event) => @event switch
    {
        ModelTrained e => e.Version,
        ThresholdTuned e => e.Version,
        ModelPromoted e => e.Version,
        ModelRejected e => e.Version,
        ModelRolledBack e => e.Version,
        _ => null,
    };

    /// <returns>The account that acted; null where nobody did.</returns>
    public static string? By(DomainEvent? @event) => @event switch
    {
        IncidentOpened e => e.By,
        IncidentAcknowledged e => e.By,
        NoteAdded e => e.By,
        IncidentClosed e => e.By,
        IncidentReopened e => e.By,
        DeviceMuted e => e.By,
        MaintenanceScheduled e => e.By,
        AllowRuleAdded e => e.By,
        BehaviourLearned e => e.By,
        SuppressionRevoked e => e.By,
        RecordAccessed e => e.By,
        TextErased e => e.By,
        EvidenceExpired e => e.By,
        LegalHoldPlaced e => e.By,
        LegalHoldLifted e => e.By,
        NotificationResent e => e.By,
        _ => null,
    };

    /// <summary>An allow rule in words.</summary>
    public static string Rule(AllowRule rule)
    {
        string?[] parts =
        [
            rule.Class is { } name ? $"class '{name}'" : null, rule.Feature is { } feature ? $"feature {feature}" : null,
            rule.Peer is { } peer ? $"peer {peer}" : null, rule.DeviceId is { } device ? $"of {device}" : null,
            rule.Ward is { } ward ? $"in ward {ward}" : null,
        ];
        return string.Join(' ', parts.Where(p => p is not null));
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
