using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json;
using IoMTAD.Capture;
using IoMTAD.Local.Views;

namespace IoMTAD.Local.Tests.Views;

public sealed class WebPageTests : IAsyncLifetime
{
    private readonly TestStore store = new();
    private readonly LiveWard ward = new(new DeviceInventory([Story.Pump]));
    private readonly HttpClient client = new();
    private WebPage page = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await store.Events.CommitAsync(Story.Discovery, Cancellation);
        var committed = await store.Events.CommitAsync(Story.Incident(1), Cancellation);
        ward.Observe(new PipelineResult(Story.Incident(1), [], []), committed);
        page = await StartAsync(FreePort());
        client.BaseAddress = new Uri(page.Url);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await page.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        using var response = await client.GetAsync("/", Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("/api/live", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("ok", await client.GetStringAsync("/healthz", Cancellation));
    }

    [Fact]
    public async Task The_api_gives_the_ward_as_it_is_the_incidents_and_their_events()
    {
        var live = await JsonAsync("/api/live");
        Assert.Equal("i1", live.GetProperty("incidents")[0].GetProperty("id").GetString());
        var incidents = await JsonAsync("/api/incidents");
        Assert.Equal("High", Assert.Single(incidents.EnumerateArray()).GetProperty("severity").GetString());
        var events = await JsonAsync("/api/incidents/i1/events");
        Assert.Equal(["IncidentOpened", "AnomalyObserved"], events.EnumerateArray().Select(e => e.GetProperty("type").GetString()));
        Assert.Empty((await JsonAsync("/api/incidents/none/events")).EnumerateArray());
    }

    [Fact]
    public async Task The_event_stream_brings_one_snapshot_after_another_until_the_page_closes()
    {
        var own = await StartAsync(FreePort());
        using var response = await client.GetAsync(new Uri(own.Url + "api/live/stream"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        for (var snapshot = 0; snapshot < 2; snapshot++)
        {
            Assert.Equal("event: snapshot", await reader.ReadLineAsync(Cancellation));
            var data = await reader.ReadLineAsync(Cancellation);
            Assert.Equal(1, JsonDocument.Parse(data!["data: ".Length..]).RootElement.GetProperty("incidents").GetArrayLength());
            Assert.Equal("", await reader.ReadLineAsync(Cancellation));
        }
        // Closing does not wait for readers who stay.
        await own.DisposeAsync();
    }

    [Fact]
    public void Only_the_loopback_address_listens()
    {
        var port = new Uri(page.Url).Port;
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => l.Port == port);
        Assert.Equal([IPAddress.Loopback], listeners.Select(l => l.Address));
    }

    [Fact]
    public async Task A_taken_port_is_an_IOException() =>
        await Assert.ThrowsAsync<IOException>(() => StartAsync(new Uri(page.Url).Port));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<WebPage> StartAsync(int port) =>
        WebPage.StartAsync(port, ward, store.Events, new SqliteViews(store.Database, store.Events), Cancellation);

    private async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await client.GetStringAsync(path, Cancellation)).RootElement;
}
