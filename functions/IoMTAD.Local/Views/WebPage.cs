using System.Net;
using System.Security.Cryptography.X509Certificates;
using IoMTAD.Api;
using IoMTAD.Api.Desks;
using IoMTAD.Api.Live;
using IoMTAD.Api.Security;
using IoMTAD.Hosting.Views;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Views;

/// <summary>Where the page and the API listen, and who may use them.</summary>
/// <param name="Certificate">For HTTPS; null for plain HTTP, which is for this machine alone or behind a proxy that ends TLS.</param>
public sealed record PageOptions(IPAddress Address, int Port, AccessOptions Access, X509Certificate2? Certificate = null)
{
    public static PageOptions Loopback(int port) => new(IPAddress.Loopback, port, new AccessOptions(ApiKeys.None, TrustsLoopback: true, Environment.UserName));

    public bool IsLoopback => IPAddress.IsLoopback(Address);
}

/// <summary>What the page shows.</summary>
/// <param name="IsReady">Whether the host can take traffic: for the readiness probe.</param>
public sealed record PageSources(
    ILiveWard Ward, IEventStore Store, IReadModels Reads, INotificationDesk Notifications, EventFeed Feed, Func<bool> IsReady);

/// <summary>The page and the API behind it.</summary>
public sealed class WebPage : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task streaming;

    private WebPage(WebApplication application, PageOptions options)
    {
        web = application;
        Url = new UriBuilder(options.Certificate is null ? "http" : "https", options.Address.ToString(), options.Port).Uri.ToString();
        streaming = application.Services.GetRequiredService<LiveStream>().RunAsync(stopping.Token);
    }

    public string Url { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WebPage> StartAsync(PageOptions options, PageSources sources, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // A page of another site must not reach this one by a name that leads to the loopback address (DNS rebinding).
        if (options.IsLoopback) builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["127.0.0.1", "localhost", "[::1]"]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                if (options.Certificate is { } certificate) listen.UseHttps(certificate);
            });
        });
        builder.Services.AddSingleton(sources.Ward).AddSingleton(sources.Store).AddSingleton(sources.Reads).AddSingleton(sources.Notifications)
            .AddSingleton(sources.Feed).AddSingleton(TimeProvider.System).AddIomtadApi(options.Access);
        HostMetrics.AddTo(builder.Services, sources);
        var application = builder.Build();
        if (options.IsLoopback) application.UseHostFiltering();
        application.Use(DashboardFiles.HardenAsync);
        application.UseIomtadApi();
        application.MapGet("/healthz", () => Results.Text("ok")).ExcludeFromDescription();
        application.MapGet("/readyz", () =>
                sources.IsReady() ? Results.Text("ready") : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable))
            .ExcludeFromDescription();
        application.MapIomtadApi();
        application.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(nameof(Role.Viewer));
        DashboardFiles.Map(application);
        sources.Feed.Listen(application.Services.GetRequiredService<LiveStream>().OnCommittedAsync);
        application.Services.GetRequiredService<HostMetrics>();
        await application.StartAsync(cancellation);
        return new WebPage(application, options);
    }

    /// <summary>Lets go of every page that follows the stream: they come back.</summary>
    public void CloseStreams() => web.Services.GetRequiredService<LiveStream>().Close();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        CloseStreams();
        await streaming.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await web.DisposeAsync();
        stopping.Dispose();
    }
}
