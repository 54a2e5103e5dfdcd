using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response.Settings;

/// <summary>Reads one channel.</summary>
internal static class ChannelReader
{
    private static readonly ChannelType[] Shared = [new("email", EmailReader.Read), new("slack", Slack), new("webhook", Webhook)];

    public static ChannelSettings? Read(SettingsSection section, RetrySchedule retry, string zone, HostChannels host)
    {
        if (section.Name.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')))
            section.Fault("", "a channel's name has letters, digits, - and _ only");
        var type = section.Required("type", "email").ToLowerInvariant();
        var options = Options(section, retry, zone, type == "slack" ? 1 : 2);
        if (Shared.Concat(host.Types).FirstOrDefault(t => t.Name == type) is not { } known)
        {
            if (type.Length > 0) section.Fault("type", Unknown(type, host));
            return null;
        }
        var channel = known.Read(section, options) with { Fallback = Fallback(section.Section("fallback")) };
        section.RefuseOthers();
        return channel;
    }

    private static string Unknown(string type, HostChannels host)
    {
        string[] names = [.. Shared.Concat(host.Types).Select(t => t.Name)];
        var types = $"{string.Join(", ", names[..^1])} or {names[^1]}";
        return host.Elsewhere.TryGetValue(type, out var where)
            ? $"{where}: here there are {types}"
            : $"there is no channel of type '{type}': there are {types}";
    }

    private static ChannelSettings Slack(SettingsSection section, ChannelOptions options)
    {
        var url = section.Address("url", "https://hooks.slack.com/services/…");
        return new(section.Name, "slack", Redacted(url), options, null,
            around => new SlackNotifier(section.Name, url, around.BaseAddress, around.Time));
    }

    private static ChannelSettings Webhook(SettingsSection section, ChannelOptions options)
    {
        var (url, secret) = (section.Address("url", "https://pager.hospital.example/hook"), section.Text("secret"));
        return new(section.Name, "webhook", Redacted(url), options, null,
            around => new WebhookNotifier(section.Name, url, secret, around.BaseAddress, around.Time));
    }

    /// <summary>The path of a webhook is its password.</summary>
    private static string Redacted(Uri url) => $"{url.GetLeftPart(UriPartial.Authority)}/…";

    private static ChannelFallback? Fallback(SettingsSection section)
    {
        if (!section.IsThere) return null;
        var channel = section.Required("channel", "slack").ToLowerInvariant();
        var after = section.Whole("afterFailures", 0, 0, 100);
        section.RefuseOthers();
        return new ChannelFallback(channel, after == 0 ? null : after);
    }

    private static ChannelOptions Options(SettingsSection section, RetrySchedule retry, string zone, int inFlight)
    {
        var options = new ChannelOptions
        {
            MaxInFlight = section.Whole("maxInFlight", inFlight, 1, 100),
            Timeout = section.Duration("timeout", ChannelOptions.Default.Timeout),
            LeaseMargin = section.Duration("leaseMargin", ChannelOptions.Default.LeaseMargin),
            QuietHours = HoursReader.Quiet(section.Section("quietHours"), zone),
            Digest = Digest(section.Section("digest")),
            Retry = retry,
            ResendUnknown = section.Flag("resendUnknown", otherwise: false),
        };
        return options;
    }

    private static DigestOptions? Digest(SettingsSection section)
    {
        if (!section.IsThere) return null;
        var digest = new DigestOptions(section.Whole("mostMessages", 5, 1, 1000), section.Duration("window", TimeSpan.FromMinutes(5)));
        section.RefuseOthers();
        return digest;
    }
}
