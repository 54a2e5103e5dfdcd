using System.Globalization;
using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Policy;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Local.Commands;

/// <summary>Settings of notifications in words.</summary>
internal static class NotifyText
{
    /// <summary>What a channel is told of.</summary>
    public static string Hears(NotificationSettings settings, string channel)
    {
        List<string> parts = [.. settings.Routes.Where(r => r.Channels.Contains(channel)).Select(Route)];
        parts.AddRange(settings.FollowUps.Escalation.Where(s => s.Channels.Contains(channel))
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"what nobody acknowledged for {s.After.TotalMinutes:0.##} min")));
        parts.AddRange(settings.FollowUps.Fallbacks.Where(f => f.Value.Channel == channel).Select(f => $"what '{f.Key}' did not get out"));
        if (settings.Heartbeat?.Channels.Contains(channel) == true)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"a sign of life every {settings.Heartbeat.Every.TotalHours:0.##} h"));
        return parts.Count > 0 ? string.Join("; ", parts) : "nothing but tests";
    }

    private static string Route(NotificationRoute route)
    {
        var kinds = route.Kinds.Count > 0 ? $"{string.Join(" and ", route.Kinds).ToLowerInvariant()} incidents" : "incidents";
        var severity = route.MinimumSeverity > Severity.Low ? $" of severity {route.MinimumSeverity} and above" : "";
        var wards = route.Wards.Count > 0 ? $" in {string.Join(", ", route.Wards)}" : "";
        var hours = route.Hours is { } h
            ? string.Create(CultureInfo.InvariantCulture,
                $" from {h.From:HH:mm} to {h.To:HH:mm} {h.Zone.Id}{(h.Days.Count < 7 ? $" on {string.Join(", ", h.Days)}" : "")}")
            : "";
        return $"{kinds}{severity}{wards}{hours}";
    }
}
