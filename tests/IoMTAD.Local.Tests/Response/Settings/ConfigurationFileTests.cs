using IoMTAD.Local.Commands;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Response.Settings;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_file_each_incident_is_told_on_the_console_and_in_the_file()
    {
        var settings = ConfigurationFile.Load(folder.Path, null);
        Assert.Equal(["console", "file"], settings.Channels.Select(c => c.Name));
        Assert.Equal(["console", "file"], new PolicyOptions { Routes = settings.Routes }.Channels);
    }

    [Fact]
    public void The_example_of_the_documents_can_be_used_as_it_stands()
    {
        var document = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "notifications.md"));
        var from = document.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        Write(document[from..document.IndexOf("```", from, StringComparison.Ordinal)]);
        Environment.SetEnvironmentVariable("IOMTAD_NOTIFICATIONS__CHANNELS__MAIL__PASSWORD", "from the environment");
        try
        {
            var settings = ConfigurationFile.Load(folder.Path, null);
            Assert.Equal(["file", "mail", "oncall", "pager"], settings.Channels.Select(c => c.Name).Order());
            Assert.Equal([IncidentKind.Silence], settings.Routes[1].Kinds);
            Assert.Equal(TimeSpan.FromMinutes(10), Assert.Single(settings.FollowUps.Escalation).After);
            Assert.Equal(3, settings.FollowUps.Fallbacks["mail"].AfterFailures);
            Assert.Equal(Severity.Critical, settings.Channels.Single(c => c.Name == "mail").Options.QuietHours!.ExceptFrom);
            Assert.DoesNotContain(settings.Channels, c => c.Target.Contains("T0000", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable("IOMTAD_NOTIFICATIONS__CHANNELS__MAIL__PASSWORD", null);
        }
    }

    [Fact]
    public void Each_fault_is_named_with_what_to_write_instead_and_no_secret_is_printed()
    {
        Write("""
            { "notification": {}, "notifications": {
                "timeZone": "Mars/Olympus",
                "channels": {
                    "mail": { "type": "email", "port": "many", "security": "none", "user": "u", "password": "hush",
                        "host": "mail.example", "from": "x", "subject": "y",
                        "quietHours": { "from": "0:00", "to": "0:00" }, "fallback": { "channel": "mail" } },
                    "slack": { "type": "slack", "url": "http://hooks.example/hush" },
                    "phone": { "type": "sms" }, "Fax 2": { "type": "fax" } },
                "routes": [ { "channels": ["male"], "minimumSeverity": "Hgih", "kinds": ["2"] }, { } ],
                "escalation": [ { "after": "soon", "channels": ["slack"] }, { "channels": "slack" } ],
                "heartbeat": { "every": "-3h", "channels": [] } } }
            """);
        var message = Assert.Throws<CommandException>(() => ConfigurationFile.Load(folder.Path, null)).Message;
        string[] expected =
        [
            "notification: there is no such section", "mail:port: 'many' is no number from 1 to 65535: give for example 25",
            "mail:security: with none the password would travel in clear: write starttls or tls", "mail:from: 'x' is no mail address",
            "mail:to: is missing", "mail:subject: there is no such setting here: there are ", "no time zone 'Mars/Olympus'",
            "mail:quietHours: they never end", "a channel cannot stand in for itself", "slack:url: would send messages in clear: write https",
            "phone:type: SMS go out by the cloud host only", "there is no channel of type 'fax'", "a channel's name has letters",
            "routes:0:channels: there is no channel 'male': there are fax 2, mail, phone, slack", "'Hgih' is none of Low, Medium, High, Critical",
            "routes:0:kinds: '2' is none of Behaviour, Silence", "routes:1:channels: names no channel", "escalation:0:after: 'soon' is no duration",
            "escalation:1:after: is missing: give for example \"10m\"", "'slack' is told by an earlier step already",
            "heartbeat:every: '-3h' is no duration", "heartbeat:channels: names no channel",
        ];
        Assert.All(expected, fault => Assert.Contains(fault, message, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"notifications\": ")]
    [InlineData("[1]")]
    [InlineData("{ \"notifications\": { \"channels\": {} } }")]
    public void What_is_no_configuration_is_refused(string text)
    {
        Write(text);
        Assert.Throws<CommandException>(() => ConfigurationFile.Load(folder.Path, null));
    }

    private void Write(string text) => File.WriteAllText(folder.File(ConfigurationFile.FileName), text);
}
