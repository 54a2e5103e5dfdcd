using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using IoMTAD.Api.Security;
using IoMTAD.Capture;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Local.Views;
using IoMTAD.Recording;
using IoMTAD.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Api;

/// <summary>The page and the API of a store of a test's own, on a free port of the loopback address.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private TestHost(TemporaryFolder folder, OpenStore open, EmbeddedHost host, IReadOnlyDictionary<Role, string> keys)
    {
        (this.folder, Open, Host, Keys) = (folder, open, host, keys);
        Client = new HttpClient { BaseAddress = new Uri(host.Url!) };
    }

    public OpenStore Open { get; }

    public EmbeddedHost Host { get; }

    public HttpClient Client { get; }

    /// <summary>One key for each role; empty where whoever asks from this machine is trusted.</summary>
    public IReadOnlyDictionary<Role, string> Keys { get; }

    public string Folder => folder.Path;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A ward with one pump, and one open incident of it: <c>i1</c>.</summary>
    /// <param name="guarded">Keys are asked for.</param>
    /// <param name="seed">What else is on record.</param>
    public static async Task<TestHost> StartAsync(
        bool guarded = false, int requestsPerSecond = 100, DeviceInventory? inventory = null, Func<OpenStore, Task>? seed = null)
    {
        var own = new TemporaryFolder();
        var open = OpenStore.OrNew(own.Path);
        await open.Events.CommitAsync(Story.Discovery, Cancellation);
        await open.Events.CommitAsync(Story.Incident(1), Cancellation);
        if (seed is not null) await seed(open);
        var keys = new Dictionary<Role, string>();
        var accounts = ApiKeys.None;
        if (guarded)
            foreach (var role in Enum.GetValues<Role>()) (keys[role], accounts) = accounts.Add(role.ToString().ToLowerInvariant(), role);
        var options = PageOptions.Loopback(FreePort());
        options = options with { Access = new AccessOptions(accounts, !guarded, "anna") { RequestsPerSecond = requestsPerSecond } };
        var notifications = open.Notifications(LocalChannels.FileAlone, new Terminal(TextWriter.Null, TextWriter.Null).Console);
        var desk = open.Desk(LocalChannels.FileAlone, notifications, () => { });
        var ward = new LiveWard(inventory ?? new DeviceInventory([Story.Pump]));
        var started = await EmbeddedHost.StartAsync(open, ward, desk, options, NullLoggerFactory.Instance, Cancellation);
        return new TestHost(own, open, started, keys);
    }

    /// <summary>Commits as the pipeline does, beside the API.</summary>
    public async Task CommitAsync(Commit commit)
    {
        await Open.Events.CommitAsync(commit, Cancellation);
        Host.Feed.Wake();
    }

    /// <summary>Lets go of every page that follows the stream.</summary>
    public void BreakStreams() => Host.CloseStreams();

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        return await BodyAsync(response);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body, string? ifMatch = null, Role? role = null)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, ifMatch, role);
        return (response.StatusCode, await BodyAsync(response));
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null, Role? role = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (role is { } known) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Keys[known]);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        await Open.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
