using System.Globalization;
using System.Text;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy.Notifications;

/// <summary>At most <paramref name="MostMessages"/> messages within <paramref name="Window"/>: what goes beyond is told together.</summary>
/// <param name="MostMessages">At least 1.</param>
public sealed record DigestOptions(int MostMessages, TimeSpan Window);

/// <summary>Several notifications of one channel as one message: how many per ward and severity, and the worst by name.</summary>
public static class Digest
{
    private const int WorstNamed = 5;

    /// <summary>A person's test and the sign of life stand for themselves.</summary>
    public static bool MayGather(NotificationPurpose purpose) =>
        purpose is not (NotificationPurpose.Heartbeat or NotificationPurpose.Test or NotificationPurpose.Digest);

    /// <param name="members">Of one channel, at least one.</param>
    public static NotificationRequested Of(IReadOnlyList<NotificationRequested> members)
    {
        var id = NotificationIds.ForDigest(members.Select(m => m.NotificationId));
        return new NotificationRequested(id, null, members[0].Channel, members.Max(m => m.Severity), null, Text(members))
        {
            Purpose = NotificationPurpose.Digest, Since = members.Min(m => m.Since),
        };
    }

    private static string Text(IReadOnlyList<NotificationRequested> members)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{members.Count} notifications in one message ({BySeverity(members)}).");
        foreach (var ward in members.GroupBy(m => m.Device?.Ward ?? "")
            .OrderByDescending(w => w.Max(m => m.Severity)).ThenBy(w => w.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture,
                $"\n{ward.Key}: {BySeverity(ward)}");
        text.Append("\nThe worst:");
        foreach (var worst in members.OrderByDescending(m => m.Severity).ThenBy(m => m.Since).DistinctBy(m => m.IncidentId).Take(WorstNamed))
            text.Append(CultureInfo.InvariantCulture, $"\n[{worst.Severity}] {worst.Text} (incident {worst.IncidentId})");
        return text.ToString();
    }

    private static string BySeverity(IEnumerable<NotificationRequested> members) =>
        Counts.BySeverity(members.GroupBy(m => m.Severity).ToDictionary(g => g.Key, g => g.Count()));
}
