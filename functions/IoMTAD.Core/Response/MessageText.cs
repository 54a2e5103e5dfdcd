using System.Globalization;
using System.Text;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Response;

/// <summary>A notification as people read it: a line to see at a glance, what was seen, since when, and where to look.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text, lines ended by \n.</param>
/// <param name="Link">Null where no address of the page is configured, or there is no incident.</param>
public sealed record MessageText(string Subject, string Body, string? Link)
{
    private const int LongestSubject = 120;

    /// <param name="baseAddress">Of the page, for links; null for none.</param>
    public static MessageText Of(NotificationRequested notification, Uri? baseAddress)
    {
        var link = LinkOf(notification, baseAddress);
        var body = new StringBuilder(notification.Text);
        if (notification.Since is { } since && notification.Purpose != NotificationPurpose.Recovery)
            body.Append(CultureInfo.InvariantCulture, $"\nSince {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        if (notification.IncidentId is { } incident) body.Append(CultureInfo.InvariantCulture, $"\nIncident {incident}");
        if (link is not null) body.Append(notification.IncidentId is null ? "\n" : ": ").Append(link);
        return new(SubjectOf(notification), body.ToString(), link);
    }

    private static string? LinkOf(NotificationRequested notification, Uri? baseAddress) =>
        baseAddress is null || notification.Purpose is NotificationPurpose.Test ? null
        : new Uri(baseAddress, notification.IncidentId is { } id ? $"#/incidents/{id}" : "#/").ToString();

    private static string SubjectOf(NotificationRequested n)
    {
        var first = OneLine(n.Text.Split('\n')[0]);
        var device = n.Device is { } known ? $"{known.Id} ({known.Ward}): " : "";
        // The text begins with the device's name: the subject says it shorter.
        if (n.Device is not null && first.IndexOf(") ", StringComparison.Ordinal) is > 0 and var end && first.StartsWith(n.Device.Id, StringComparison.Ordinal))
            first = first[(end + 2)..];
        var subject = n.Purpose switch
        {
            NotificationPurpose.Test => "[Test] IoMTAD: this is a test",
            NotificationPurpose.Heartbeat => $"[Alive] IoMTAD: {first}",
            NotificationPurpose.Recovery => $"[Over] {device}{first}",
            NotificationPurpose.Escalation => $"[{n.Severity}, not acknowledged] {device}{first}",
            _ => $"[{n.Severity}] {device}{first}",
        };
        return subject.Length <= LongestSubject ? subject : $"{subject[..(LongestSubject - 1)]}…";
    }

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}
