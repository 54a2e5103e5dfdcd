using System.Globalization;
using System.Net;
using IoMTAD.Local.Response.Channels;
using IoMTAD.Policy.Notifications;
using IoMTAD.Response;
using MailKit.Security;
using MimeKit;

namespace IoMTAD.Local.Response.Settings;

/// <summary>Reads one channel.</summary>
internal static class ChannelReader
{
    private const string Types = "email, slack, webhook, console or file";

    public static ChannelSettings? Read(SettingsSection section, RetrySchedule retry, string zone)
    {
        if (section.Name.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')))
            section.Fault("", "a channel's name has letters, digits, - and _ only");
        var type = section.Required("type", "email").ToLowerInvariant();
        var options = Options(section, retry, zone, type == "slack" ? 1 : 2);
        var channel = type switch
        {
            "email" => Email(section, options),
            "slack" => Slack(section, options),
            "webhook" => Webhook(section, options),
            "console" => Console(section.Name, options),
            "file" => File(section.Name, section.Text("path") ?? FileNotifier.FileName, options),
            _ => null,
        };
        if (channel is null)
        {
            if (type is "sms") section.Fault("type", $"SMS go out by the cloud host only: here there are {Types}");
            else if (type.Length > 0) section.Fault("type", $"there is no channel of type '{type}': there are {Types}");
            return null;
        }
        channel = channel with { Fallback = Fallback(section.Section("fallback")) };
        section.RefuseOthers();
        return channel;
    }

    public static ChannelSettings Console(string name, ChannelOptions options) =>
        new(name, "console", "this terminal", options, null, around => new ConsoleNotifier(around.Console, name));

    public static ChannelSettings File(string name, string path, ChannelOptions options) =>
        new(name, "file", path, options with { MaxInFlight = 1 }, null, around => new FileNotifier(Path.Combine(around.Folder, path), name));

    private static ChannelSettings Email(SettingsSection section, ChannelOptions options)
    {
        var host = section.Required("host", "mail.hospital.example");
        var security = section.OneOf<MailSecurity>("security") ?? MailSecurity.StartTls;
        var port = section.Whole("port", security switch { MailSecurity.Tls => 465, MailSecurity.StartTls => 587, _ => 25 }, 1, 65535);
        var (user, password) = (section.Text("user"), section.Text("password"));
        if (user is not null && password is null)
            section.Fault("password", $"is missing: give it as the environment variable IOMTAD_NOTIFICATIONS__CHANNELS__{section.Name.ToUpperInvariant()}__PASSWORD");
        if (user is not null && security == MailSecurity.None && !IsLoopback(host))
            section.Fault("security", "with none the password would travel in clear: write starttls or tls");
        var from = Address(section, "from", section.Required("from", "iomtad@hospital.example"));
        var to = section.List("to").Select(a => Address(section, "to", a)).OfType<MailboxAddress>().ToList();
        if (section.List("to").Count == 0) section.Fault("to", "is missing: give for example [\"ward@hospital.example\"]");
        var socket = security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        var settings = new EmailSettings(host, port, socket, user, password, from ?? new MailboxAddress("", "nobody@localhost"), to);
        var target = string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", to.Select(t => t.Address))} by {host}:{port}");
        return new(section.Name, "email", target, options, null, around => new EmailNotifier(section.Name, settings, around.BaseAddress));
    }

    private static ChannelSettings Slack(SettingsSection section, ChannelOptions options)
    {
        var url = Address(section, "https://hooks.slack.com/services/…");
        return new(section.Name, "slack", Redacted(url), options, null,
            around => new SlackNotifier(section.Name, url, around.BaseAddress, around.Time));
    }

    private static ChannelSettings Webhook(SettingsSection section, ChannelOptions options)
    {
        var (url, secret) = (Address(section, "https://pager.hospital.example/hook"), section.Text("secret"));
        return new(section.Name, "webhook", Redacted(url), options, null,
            around => new WebhookNotifier(section.Name, url, secret, around.BaseAddress, around.Time));
    }

    /// <summary>The path of a webhook is its password.</summary>
    private static string Redacted(Uri url) => $"{url.GetLeftPart(UriPartial.Authority)}/…";

    private static Uri Address(SettingsSection section, string example)
    {
        var text = section.Required("url", example);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            if (text.Length > 0) section.Fault("url", $"is no address of the web: give for example \"{example}\"");
            return new Uri("http://localhost/");
        }
        if (url.Scheme == "http" && !url.IsLoopback) section.Fault("url", "would send messages in clear: write https");
        return url;
    }

    private static MailboxAddress? Address(SettingsSection section, string key, string text)
    {
        if (text.Length == 0) return null;
        if (MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0) return address;
        section.Fault(key, $"'{text}' is no mail address");
        return null;
    }

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

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private enum MailSecurity { StartTls, Tls, None }
}
