using System.Net;
using System.Net.NetworkInformation;
using IoMTAD.Local.Tests.Api;

namespace IoMTAD.Local.Tests.Views;

public sealed class WebPageTests : IAsyncLifetime
{
    private TestHost host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere_and_lets_nothing_in()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/");
        var html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("http://", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'self'", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/../../events.db")]
    [InlineData("/assets/%2e%2e%2f%2e%2e%2fevents.db")]
    [InlineData("/..%2fapi-keys.json")]
    [InlineData("/assets//etc/passwd")]
    [InlineData("/events.db")]
    public async Task No_path_reaches_a_file(string path)
    {
        using var response = await host.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Probes_answer_without_a_key()
    {
        Assert.Equal("ok", await host.Client.GetStringAsync("/healthz", Cancellation));
        Assert.Equal("ready", await host.Client.GetStringAsync("/readyz", Cancellation));
    }

    [Fact]
    public async Task Metrics_name_the_ward_in_figures()
    {
        var text = await host.Client.GetStringAsync("/metrics", Cancellation);
        Assert.Contains("iomtad_incidents_open", text, StringComparison.Ordinal);
        Assert.Contains("severity=\"high\"", text, StringComparison.Ordinal);
        Assert.Contains("iomtad_notifications", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_loopback_address_listens()
    {
        var port = host.Client.BaseAddress!.Port;
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => l.Port == port);
        Assert.Equal([IPAddress.Loopback], listeners.Select(l => l.Address));
    }

    [Fact]
    public async Task A_taken_port_is_said_with_what_to_do()
    {
        var taken = host.Client.BaseAddress!.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var result = await Commands.Iomtad.RunAsync("serve", "--store", host.Folder, "--port", taken);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--port", result.Error, StringComparison.Ordinal);
    }
}
