using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Hosting.Response.Settings;

/// <summary>Reads the section <c>notifications</c> and checks that its parts fit together.</summary>
public static class NotificationReader
{
    public const string Section = "notifications";

    /// <param name="faults">Is given each fault, with what to write instead; what is returned then may not be used.</param>
    /// <returns>Null where the section is not there.</returns>
    public static NotificationSettings? Read(IConfiguration configuration, HostChannels host, List<string> faults)
    {
        var section = new SettingsSection(configuration.GetSection(Section), faults, host.Variables);
        return section.IsThere ? Read(section, host) : null;
    }

    private static NotificationSettings Read(SettingsSection section, HostChannels host)
    {
        var zone = section.Text("timeZone") ?? "UTC";
        var retry = Retry(section.Section("retry"));
        var channels = section.Sections("channels").Select(c => ChannelReader.Read(c, retry, zone, host)).OfType<ChannelSettings>().ToList();
        var routes = section.Sections("routes").Select(r => Route(r, zone)).ToList();
        var escalation = section.Sections("escalation").Select(Step).ToList();
        var heartbeat = Heartbeat(section.Section("heartbeat"));
        var settings = new NotificationSettings(BaseAddress(section), channels, routes, new FollowUpOptions
        {
            Escalation = escalation, Recovery = section.Flag("recovery", otherwise: false),
            Fallbacks = channels.Where(c => c.Fallback is not null).ToDictionary(c => c.Name, c => c.Fallback!),
        }, heartbeat);
        if (section.Sections("channels").Count == 0) section.Fault("channels", "there is none: give for example { \"file\": { \"type\": \"file\" } }");
        if (routes.Count == 0) section.Fault("routes", "nobody would hear of any incident: give for example [ { \"channels\": [\"mail\"] } ]");
        Check(section, settings);
        section.RefuseOthers();
        return settings;
    }

    private static void Check(SettingsSection section, NotificationSettings settings)
    {
        var names = section.Sections("channels").Select(c => c.Name).ToHashSet();
        Each("routes", settings.Routes.Select(r => r.Channels));
        Each("escalation", settings.FollowUps.Escalation.Select(s => s.Channels));
        if (settings.Heartbeat is { } heartbeat) Each("heartbeat", [heartbeat.Channels]);
        foreach (var (channel, fallback) in settings.FollowUps.Fallbacks)
        {
            if (fallback.Channel == channel) section.Fault($"channels:{channel}:fallback:channel", "a channel cannot stand in for itself");
            else if (!names.Contains(fallback.Channel)) Missing($"channels:{channel}:fallback:channel", fallback.Channel);
        }
        var told = new HashSet<string>();
        foreach (var (step, i) in settings.FollowUps.Escalation.Select((s, i) => (s, i)))
            foreach (var channel in step.Channels)
                if (!told.Add(channel)) section.Fault($"escalation:{i}:channels", $"'{channel}' is told by an earlier step already: name a further channel");

        void Each(string key, IEnumerable<IReadOnlyList<string>> lists)
        {
            foreach (var (list, i) in lists.Select((l, i) => (l, i)))
                foreach (var channel in list.Where(c => !names.Contains(c))) Missing($"{key}:{i}:channels", channel);
        }

        void Missing(string key, string channel)
        {
            var known = names.Count > 0 ? string.Join(", ", names.Order(StringComparer.Ordinal)) : "none";
            section.Fault(key, $"there is no channel '{channel}': there are {known}");
        }
    }

    private static Uri? BaseAddress(SettingsSection section)
    {
        if (section.Text("baseAddress") is not { } text) return null;
        if (Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return address;
        section.Fault("baseAddress", $"'{text}' is no address of the web: give for example \"https://iomtad.hospital.example/\"");
        return null;
    }

    private static NotificationRoute Route(SettingsSection section, string zone)
    {
        var route = new NotificationRoute(section.Channels())
        {
            MinimumSeverity = section.OneOf<Severity>("minimumSeverity") ?? Severity.Low, Wards = section.List("wards"),
            Kinds = section.AllOf<IncidentKind>("kinds"), Hours = HoursReader.Hours(section.Section("hours"), zone),
        };
        section.RefuseOthers();
        return route;
    }

    private static EscalationStep Step(SettingsSection section)
    {
        section.Required("after", "10m");
        var step = new EscalationStep(
            section.Duration("after", TimeSpan.FromMinutes(10)), section.Channels(), section.OneOf<Severity>("minimumSeverity") ?? Severity.Low);
        section.RefuseOthers();
        return step;
    }

    private static HeartbeatOptions? Heartbeat(SettingsSection section)
    {
        if (!section.IsThere) return null;
        var heartbeat = new HeartbeatOptions(section.Duration("every", TimeSpan.FromHours(24)), section.Channels());
        section.RefuseOthers();
        return heartbeat;
    }

    private static RetrySchedule Retry(SettingsSection section)
    {
        var standard = RetrySchedule.Default;
        var retry = new RetrySchedule
        {
            Attempts = section.Whole("attempts", standard.Attempts, 1, 100), First = section.Duration("first", standard.First),
            Longest = section.Duration("longest", standard.Longest), Spread = section.Duration("spread", standard.Spread),
        };
        section.RefuseOthers();
        return retry;
    }
}
