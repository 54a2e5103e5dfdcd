using System.Globalization;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Policy;
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
        if (notification is { Since: { } since, Purpose: not (NotificationPurpose.Recovery or NotificationPurpose.Digest) })
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
        var subject = n.Purpose switch
        {
            NotificationPurpose.Test => "[Test] IoMTAD: this is a test",
            NotificationPurpose.Heartbeat => $"[Alive] IoMTAD: {first}",
            NotificationPurpose.Digest => $"[{n.Severity}] IoMTAD: {first}",
            NotificationPurpose.Recovery => $"[Over] {Glance(n.Device, first)}",
            NotificationPurpose.Escalation => $"[{n.Severity}, not acknowledged] {Glance(n.Device, first)}",
            _ => $"[{n.Severity}] {Glance(n.Device, first)}",
        };
        return subject.Length <= LongestSubject ? subject : $"{subject[..(LongestSubject - 1)]}…";
    }

    /// <summary>Which device, and what it does, without the figures that the body has.</summary>
    private static string Glance(InventoryDevice? device, string text)
    {
        if (device is null) return text;
        var name = Explanation.Name(device);
        var from = text.IndexOf(name, StringComparison.Ordinal);
        if (from >= 0) text = text[(from + name.Length)..].TrimStart(' ', ':');
        return $"{device.Id} ({device.Ward}): {text.Split(": ")[0].Split("; ")[0]}";
    }

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}
