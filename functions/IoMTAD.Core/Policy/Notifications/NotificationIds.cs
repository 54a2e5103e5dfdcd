using System.Globalization;

namespace IoMTAD.Policy.Notifications;

/// <summary>Identities of notifications and of the streams of those that are about no incident.</summary>
public static class NotificationIds
{
    /// <summary>One per incident, purpose and channel: a second request of the same is refused by the store.</summary>
    public static string For(string incidentId, NotificationPurpose purpose, string channel) => EventId.From(
        purpose == NotificationPurpose.Incident ? $"notification {incidentId} {channel}" : $"notification {purpose} {incidentId} {channel}");

    public static string ForHeartbeat(string channel, DateTimeOffset beat) =>
        EventId.From(string.Create(CultureInfo.InvariantCulture, $"heartbeat {channel} {beat.UtcTicks}"));

    public static string ForDigest(IEnumerable<string> members) => EventId.From($"digest {string.Join(' ', members)}");

    public static string ForTest(string channel, DateTimeOffset at) =>
        EventId.From(string.Create(CultureInfo.InvariantCulture, $"test {channel} {at.UtcTicks}"));

    /// <summary>The stream in which a notification and what becomes of it are recorded.</summary>
    public static string StreamOf(string? incidentId, string channel) =>
        incidentId is null ? $"channel-{channel}" : Incidents.Incident.StreamOf(incidentId);
}
