using System.Globalization;
using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Response;

namespace IoMTAD.Functions.Response;

/// <summary>The channels that only the cloud host has.</summary>
internal static class CloudChannels
{
    private const int MostRecipients = 100;

    public static HostChannels Host { get; } = new(
        [new("sendgrid", SendGrid), new("sms", Sms)],
        Variables: "",
        new Dictionary<string, string>
        {
            ["console"] = "a console has the embedded host only", ["file"] = "files are written by the embedded host only",
        });

    private static ChannelSettings SendGrid(SettingsSection section, ChannelOptions options)
    {
        var host = section.Text("host") is null ? new Uri("https://api.sendgrid.com") : section.Address("host", "https://api.eu.sendgrid.com");
        var settings = new SendGridSettings(host, section.Secret("key"), EmailReader.From(section), EmailReader.To(section));
        return new(section.Name, "sendgrid", $"{string.Join(", ", settings.To.Select(t => t.Address))} by {host.Host}", options, null,
            around => new SendGridNotifier(section.Name, settings, around.BaseAddress, around.Time));
    }

    private static ChannelSettings Sms(SettingsSection section, ChannelOptions options)
    {
        var to = section.List("to");
        if (to.Count == 0) section.Fault("to", "is missing: give for example [\"+4930123456\"]");
        if (to.Count > MostRecipients)
            section.Fault("to", string.Create(CultureInfo.InvariantCulture, $"{to.Count} numbers are more than {MostRecipients}: make two channels of it"));
        foreach (var number in to.Where(n => !IsNumber(n))) section.Fault("to", $"'{number}' is no number with its country: give for example +4930123456");
        var settings = new SmsSettings(
            section.Address("endpoint", "https://iomtad.communication.azure.com/"), section.Required("from", "+4930123456"), to);
        return new(section.Name, "sms", string.Join(", ", to), options, null,
            around => new SmsNotifier(section.Name, settings, ((CloudSurroundings)around).Credential, around.BaseAddress, around.Time));
    }

    /// <summary>E.164.</summary>
    private static bool IsNumber(string text) => text.Length is >= 8 and <= 16 && text[0] == '+' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
