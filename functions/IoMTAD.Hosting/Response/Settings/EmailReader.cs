using System.Globalization;
using System.Net;
using IoMTAD.Hosting.Response.Channels;
using IoMTAD.Response;
using MailKit.Security;
using MimeKit;

namespace IoMTAD.Hosting.Response.Settings;

/// <summary>Reads a channel of mail, and addresses for others.</summary>
public static class EmailReader
{
    private enum MailSecurity { StartTls, Tls, None }

    public static ChannelSettings Read(SettingsSection section, ChannelOptions options)
    {
        var host = section.Required("host", "mail.hospital.example");
        var security = section.OneOf<MailSecurity>("security") ?? MailSecurity.StartTls;
        var port = section.Whole("port", security switch { MailSecurity.Tls => 465, MailSecurity.StartTls => 587, _ => 25 }, 1, 65535);
        var user = section.Text("user");
        var password = user is null ? section.Text("password") : section.Secret("password");
        if (user is not null && security == MailSecurity.None && !IsLoopback(host))
            section.Fault("security", "with none the password would travel in clear: write starttls or tls");
        var (from, to) = (From(section), To(section));
        var socket = security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        var settings = new EmailSettings(host, port, socket, user, password, from, to);
        var target = string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", to.Select(t => t.Address))} by {host}:{port}");
        return new(section.Name, "email", target, options, null, around => new EmailNotifier(section.Name, settings, around.BaseAddress));
    }

    /// <summary>The setting <c>from</c>.</summary>
    public static MailboxAddress From(SettingsSection section) =>
        Address(section, "from", section.Required("from", "iomtad@hospital.example")) ?? new MailboxAddress("", "nobody@localhost");

    /// <summary>The setting <c>to</c>.</summary>
    public static IReadOnlyList<MailboxAddress> To(SettingsSection section)
    {
        if (section.List("to").Count == 0) section.Fault("to", "is missing: give for example [\"ward@hospital.example\"]");
        return [.. section.List("to").Select(a => Address(section, "to", a)).OfType<MailboxAddress>()];
    }

    private static MailboxAddress? Address(SettingsSection section, string key, string text)
    {
        if (text.Length == 0) return null;
        if (MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0) return address;
        section.Fault(key, $"'{text}' is no mail address");
        return null;
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
