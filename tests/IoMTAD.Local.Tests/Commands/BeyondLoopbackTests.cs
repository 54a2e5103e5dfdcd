using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using IoMTAD.Api.Security;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Tests.Api;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>The host as a container runs it: others reach it, by key alone, and it says whether it is alive.</summary>
public sealed class BeyondLoopbackTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string port = TestHost.FreePort().ToString(CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_demo_lets_others_in_by_the_key_that_it_prints_and_by_nothing_else()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = Iomtad.RunAsync(stop.Token, "demo", "--listen", "0.0.0.0", "--port", port, "--store", folder.File("store"));
        await AnsweringAsync(running);
        var without = await StatusAsync("");
        await stop.CancelAsync();

        var result = await running;
        var key = result.ErrorLines[0].Split(' ')[^1];
        Assert.Equal("demo", ApiKeys.Parse(await File.ReadAllTextAsync(Path.Combine(folder.File("store"), "api-keys.json"), Cancellation)).Find(key)?.Name);
        Assert.Equal(HttpStatusCode.Unauthorized, without);
        Assert.Equal(ExitCode.Stopped, result.ExitCode);
    }

    [Fact]
    public async Task Accounts_come_from_a_file_that_is_mounted_somewhere_else()
    {
        await using var host = await TestHost.StartAsync();
        var (key, keys) = ApiKeys.None.Add("anna", Role.Viewer);
        await File.WriteAllTextAsync(folder.File("accounts.json"), keys.Write(), Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = Iomtad.RunAsync(stop.Token, "serve", "--store", host.Folder, "--listen", "0.0.0.0", "--port", port,
            "--plain-http", "--keys", folder.File("accounts.json"));
        await AnsweringAsync(running);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(""));
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, (await running).ExitCode);
    }

    [Fact]
    public async Task A_file_of_accounts_that_is_not_there_opens_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var result = await Iomtad.RunAsync("serve", "--store", host.Folder, "--listen", "0.0.0.0", "--plain-http", "--keys", folder.File("accounts.json"));
        Assert.Equal(ExitCode.WrongUse, result.ExitCode);
        Assert.Contains("accounts.json: no such file", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_an_exit_code()
    {
        var silent = await Iomtad.RunAsync("health", "--url", $"http://127.0.0.1:{port}/");
        Assert.Equal(ExitCode.FaultInInput, silent.ExitCode);
        Assert.Contains($"http://127.0.0.1:{port}/healthz", Assert.Single(silent.ErrorLines), StringComparison.Ordinal);

        await using var host = await TestHost.StartAsync(guarded: true);
        Assert.Equal("ok\n", (await Iomtad.SucceedAsync("health", "--url", host.Host.Url!)).Output);
        Assert.Equal(ExitCode.WrongUse, (await Iomtad.RunAsync("health", "--url", "soon")).ExitCode);
    }

    /// <summary>Until it listens; what ended before is told as it ended.</summary>
    private async Task AnsweringAsync(Task<CommandResult> running)
    {
        while ((await Iomtad.RunAsync("health", "--url", $"http://127.0.0.1:{port}/")).ExitCode != ExitCode.Done)
        {
            Assert.False(running.IsCompleted, running.IsCompleted ? (await running).Error : "");
            await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation);
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/api/v1/incidents");
        if (key.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
