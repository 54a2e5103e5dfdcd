using System.Globalization;
using System.Text;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy.Notifications;

/// <param name="Every">Beats fall on multiples of it since the Unix epoch, so that a restart neither repeats nor shifts them.</param>
public sealed record HeartbeatOptions(TimeSpan Every, IReadOnlyList<string> Channels);

/// <summary>How the watch is.</summary>
/// <param name="OpenIncidents">By severity; severities without any are absent.</param>
/// <param name="LastTraffic">When traffic was last processed, by the host's clock; null where none was since the start.</param>
/// <param name="Waiting">Notifications that are not delivered yet.</param>
/// <param name="Failed">Notifications that were given up.</param>
public sealed record WatchFigures(
    int Devices, IReadOnlyDictionary<Severity, int> OpenIncidents, DateTimeOffset? LastTraffic, int Waiting, int Failed);

/// <summary>Says regularly that the watch is alive, so that silence is never mistaken for calm: the receiver misses a beat that does not come.</summary>
public static class Heartbeat
{
    /// <summary>The beat that is due at <paramref name="now"/> or was last.</summary>
    public static DateTimeOffset BeatAt(DateTimeOffset now, TimeSpan every) => new(now.UtcTicks - now.UtcTicks % every.Ticks, TimeSpan.Zero);

    public static IEnumerable<NotificationRequested> Requests(HeartbeatOptions options, WatchFigures figures, DateTimeOffset now)
    {
        var (beat, text) = (BeatAt(now, options.Every), Text(options, figures, now));
        return options.Channels.Select(channel =>
            new NotificationRequested(NotificationIds.ForHeartbeat(channel, beat), null, channel, Severity.Low, null, text)
            {
                Purpose = NotificationPurpose.Heartbeat,
            });
    }

    public static string Text(HeartbeatOptions options, WatchFigures figures, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{figures.Devices} devices watched, {Open(figures.OpenIncidents)}.\n");
        text.Append(figures.LastTraffic is { } last ? $"Last traffic {Age(now - last)} ago" : "No traffic since the start");
        text.Append(CultureInfo.InvariantCulture, $"; {figures.Waiting} notifications waiting, {figures.Failed} failed.\n");
        return text.Append($"Expect the next message like this within {Age(options.Every)}: if it does not come, nobody is watching.").ToString();
    }

    private static string Open(IReadOnlyDictionary<Severity, int> open) => open.Count == 0
        ? "no open incidents"
        : string.Create(CultureInfo.InvariantCulture,
            $"{open.Values.Sum()} open {(open.Values.Sum() == 1 ? "incident" : "incidents")} ({Counts.BySeverity(open)})");

    private static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0.#} h"),
    };
}
