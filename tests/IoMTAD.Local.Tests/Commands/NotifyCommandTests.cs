using System.Text.Json;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Tests;
using IoMTAD.Tests.Response;

namespace IoMTAD.Local.Tests.Commands;

public sealed class NotifyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_test_is_sent_now_and_a_failure_is_told_in_the_servers_words()
    {
        await using var hook = await HttpReceiver.StartAsync();
        Configure(hook);
        var sent = await Iomtad.SucceedAsync("notify", "test", "--channel", "hook", "--store", folder.Path);
        Assert.StartsWith("hook: accepted", sent.Output, StringComparison.Ordinal);
        Assert.Contains("This is a test of IoMTAD", Assert.Single(hook.Received).Body, StringComparison.Ordinal);

        hook.Answer = HttpReceiver.Refuse(403, "action_prohibited");
        var refused = await Iomtad.RunAsync("notify", "test", "--channel", "hook", "--store", folder.Path, "--json");
        Assert.Equal((ExitCode.FaultInInput, "iomtad: hook: 403 action_prohibited\n"), (refused.ExitCode, refused.Error));
        Assert.Equal("""{"channel":"hook","delivered":false,"error":"403 action_prohibited"}""", Assert.Single(refused.OutputLines));

        var unknown = await Iomtad.RunAsync("notify", "test", "--channel", "hok", "--store", folder.Path);
        Assert.Equal((ExitCode.WrongUse, "iomtad: there is no channel 'hok': there are hook\n"), (unknown.ExitCode, unknown.Error));
    }

    [Fact]
    public async Task What_was_given_up_is_listed_and_sent_again_when_a_person_says_so()
    {
        await using var hook = await HttpReceiver.StartAsync();
        Configure(hook);
        await StoreAsync(incidents: 3);
        hook.Answer = HttpReceiver.Refuse(410, "gone");
        var given = await Iomtad.RunAsync("notify", "deliver", "--store", folder.Path);
        Assert.Equal((ExitCode.FaultInInput, "iomtad: 3 given up: see 'iomtad notify list --failed'\n"), (given.ExitCode, given.Error));

        var failed = await ListAsync("--failed");
        Assert.Equal(3, failed.Count);
        Assert.All(failed, f => Assert.Equal(("Failed", "410 gone", "pump-01"),
            (f.GetProperty("state").GetString(), f.GetProperty("lastError").GetString(), f.GetProperty("deviceId").GetString())));
        Assert.Empty(await ListAsync("--waiting"));
        using (var channel = JsonDocument.Parse(Assert.Single((await Iomtad.SucceedAsync("notify", "channels", "--store", folder.Path, "--json")).OutputLines)))
        {
            Assert.Equal((false, 3), (channel.RootElement.GetProperty("isHealthy").GetBoolean(), channel.RootElement.GetProperty("failed").GetInt32()));
            Assert.DoesNotContain("secret", channel.RootElement.ToString(), StringComparison.Ordinal);
        }

        hook.Answer = HttpReceiver.Accept;
        await Iomtad.SucceedAsync("notify", "resend", "i2 told", "--store", folder.Path);
        Assert.Equal(2, (await ListAsync("--failed")).Count);
        await Iomtad.SucceedAsync("notify", "resend", "--all-failed", "--store", folder.Path);
        Assert.Equal(3, (await ListAsync("--delivered")).Count);
        Assert.Contains("yes", (await Iomtad.SucceedAsync("notify", "channels", "--store", folder.Path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivering_without_watching_gives_no_sign_of_life()
    {
        await using var hook = await HttpReceiver.StartAsync();
        Configure(hook, everyHours: 1);
        await StoreAsync(incidents: 1);
        await Iomtad.SucceedAsync("notify", "deliver", "--store", folder.Path);
        Assert.Contains("\"purpose\":\"Incident\"", Assert.Single(hook.Received).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resend")]
    [InlineData("resend", "x", "--all-failed")]
    public async Task Resending_needs_to_know_what(params string[] arguments)
    {
        await StoreAsync(incidents: 0);
        var result = await Iomtad.RunAsync(["notify", .. arguments, "--store", folder.Path]);
        Assert.Equal(ExitCode.WrongUse, result.ExitCode);
        Assert.Contains("--all-failed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_shows_what_each_channel_hears_of_and_refuses_a_wrong_configuration()
    {
        await using var hook = await HttpReceiver.StartAsync();
        Configure(hook);
        Assert.Contains("incidents of severity High and above",
            (await Iomtad.SucceedAsync("notify", "check", "--store", folder.Path)).Output, StringComparison.Ordinal);

        var other = folder.File("other.json");
        await File.WriteAllTextAsync(other, """{"notifications":{"channels":{"a":{"type":"fax"}}}}""", TestContext.Current.CancellationToken);
        var wrong = await Iomtad.RunAsync("notify", "check", "--config", other);
        Assert.Equal(ExitCode.FaultInInput, wrong.ExitCode);
        Assert.Contains("notifications:channels:a:type: there is no channel of type 'fax'", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("notifications:routes: nobody would hear", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongUse, (await Iomtad.RunAsync("notify", "check", "--config", "nowhere.json")).ExitCode);
    }

    private async Task<List<JsonElement>> ListAsync(string state) =>
        [.. (await Iomtad.SucceedAsync("notify", "list", state, "--store", folder.Path, "--json")).OutputLines
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private async Task StoreAsync(int incidents)
    {
        await using var database = SqliteDatabase.Open(folder.Path);
        var events = new SqliteEventStore(database, TimeProvider.System);
        for (var i = 1; i <= incidents; i++) await events.CommitAsync(Story.Incident(i, "hook"), TestContext.Current.CancellationToken);
    }

    private void Configure(HttpReceiver hook, int everyHours = 6) => File.WriteAllText(folder.File(ConfigurationFile.FileName), JsonSerializer.Serialize(new
    {
        notifications = new
        {
            channels = new { hook = new { type = "webhook", url = hook.Url.ToString() } },
            routes = new[] { new { channels = "hook", minimumSeverity = "High" } },
            heartbeat = new { every = $"{everyHours}h", channels = "hook" },
        },
    }));
}
