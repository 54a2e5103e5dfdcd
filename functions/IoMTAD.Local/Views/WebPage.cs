using System.Runtime.CompilerServices;
using IoMTAD.Api;
using IoMTAD.Local.Commands;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Views;

/// <summary>The page and its API, on the loopback address only.</summary>
public sealed class WebPage : IAsyncDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication web;
    private readonly CancellationTokenSource stopping = new();

    private WebPage(WebApplication application, int port) => (web, Url) = (application, $"http://127.0.0.1:{port}/");

    public string Url { get; }

    /// <param name="port">Loopback port.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WebPage> StartAsync(int port, LiveWard ward, IEventStore store, SqliteViews views, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // A page of another site must not reach this one by a name that leads to the loopback address (DNS rebinding).
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["127.0.0.1", "localhost"]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        var application = builder.Build();
        application.UseHostFiltering();
        var page = new WebPage(application, port);
        application.MapGet("/", () => Results.Stream(Resource("index.html"), "text/html; charset=utf-8"));
        application.MapGet("/healthz", () => Results.Text("ok"));
        application.MapGet("/api/live", () => Results.Json(ward.Snapshot(), ApiJson.Options));
        application.MapGet("/api/live/stream", (CancellationToken gone) =>
            TypedResults.ServerSentEvents(page.SnapshotsAsync(ward, gone), eventType: "snapshot"));
        application.MapGet("/api/incidents", async (CancellationToken gone) =>
        {
            await views.CatchUpAsync(gone);
            return Results.Json(await views.ReadAsync(new IncidentsView(), gone), ApiJson.Options);
        });
        application.MapGet("/api/incidents/{id}/events", async (string id, CancellationToken gone) =>
            Results.Json((await store.ReadStreamAsync($"incident-{id}", 1, gone).ToListAsync(gone))
                .Select(e => new { e.Type, e.OccurredAt, e.Hash, Data = (object?)e.Event }), ApiJson.Options));
        await application.StartAsync(cancellation);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await web.DisposeAsync();
        stopping.Dispose();
    }

    private async IAsyncEnumerable<string> SnapshotsAsync(LiveWard ward, [EnumeratorCancellation] CancellationToken gone)
    {
        using var timer = new PeriodicTimer(Refresh);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping.Token);
        do yield return ApiJson.Write(ward.Snapshot());
        while (await NextAsync(timer, either.Token));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken gone)
    {
        try
        {
            return await timer.WaitForNextTickAsync(gone);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Stream Resource(string name) => typeof(WebPage).Assembly.GetManifestResourceStream($"Dashboard.{name}")
        ?? throw new InvalidOperationException($"the page {name} is not built in");
}
