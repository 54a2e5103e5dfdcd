using IoMTAD.Functions.Response;
using IoMTAD.Hosting.Settings;
using IoMTAD.Tests;
using IoMTAD.Tests.Response;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Tests.Response;

public sealed class ResponseServicesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_beside_the_program_is_read_and_the_hosts_settings_override_it()
    {
        File.WriteAllText(folder.File("iomtad.json"), """
            { "notifications": { "channels": {
                "mail": { "type": "sendgrid", "key": "in the file", "from": "iomtad@hospital.example", "to": ["ward@hospital.example"] },
                "phone": { "type": "sms", "endpoint": "https://a.communication.azure.com/", "from": "+4930111111", "to": ["+4930123456"] } },
              "routes": [ { "channels": ["mail"] }, { "channels": ["phone"], "minimumSeverity": "Critical" } ] } }
            """);
        var settings = ResponseServices.Read(Configuration(("notifications:channels:phone:to", "+4930654321")), folder.Path);
        Assert.Equal([("mail", "sendgrid", "ward@hospital.example by api.sendgrid.com"), ("phone", "sms", "+4930654321")],
            settings.Channels.Select(c => (c.Name, c.Type, c.Target)));
        var around = new CloudSurroundings(new KnownToken("a token"), null, Sample.Clock);
        Assert.Equal(["mail", "phone"], settings.Channels.Select(c => c.Create(around).Channel));
        Assert.Empty(ResponseServices.Read(Configuration(), Path.GetTempPath()).Channels);
    }

    [Fact]
    public void Each_fault_is_named_with_what_there_is_on_this_host()
    {
        var message = Assert.Throws<SettingsException>(() => ResponseServices.Read(Configuration(
            ("notifications:channels:mail:type", "sendgrid"), ("notifications:channels:mail:from", "iomtad@hospital.example"),
            ("notifications:channels:phone:type", "sms"), ("notifications:channels:phone:endpoint", "http://a.example/"),
            ("notifications:channels:phone:to:0", "030 123456"), ("notifications:channels:here:type", "file"),
            ("notifications:channels:fax:type", "fax"), ("notifications:routes:0:channels:0", "phone")), folder.Path)).Message;
        string[] expected =
        [
            "mail:key: is missing: give it as the environment variable NOTIFICATIONS__CHANNELS__MAIL__KEY", "mail:to: is missing",
            "phone:endpoint: would send messages in clear", "phone:from: is missing", "phone:to: '030 123456' is no number",
            "here:type: files are written by the embedded host only: here there are email, slack, webhook, sendgrid or sms",
            "fax:type: there is no channel of type 'fax': there are email, slack, webhook, sendgrid or sms",
        ];
        Assert.All(expected, fault => Assert.Contains(fault, message, StringComparison.Ordinal));
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();
}
