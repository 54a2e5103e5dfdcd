using IoMTAD.Api.Desks;
using IoMTAD.Api.Live;
using IoMTAD.Hosting.Capture;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Views;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local;

/// <summary>What stands around a watch: the ward as people see it, their decisions as the policy obeys them, and the page.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly OpenStore open;
    private readonly CancellationTokenSource stopping = new();
    private readonly StandingFeed standing;
    private TrafficProcessor? processor;
    private Task following = Task.CompletedTask;
    private WebPage? page;

    private EmbeddedHost(OpenStore open, LiveWard ward, ILoggerFactory logs)
    {
        (this.open, Ward) = (open, ward);
        Feed = new EventFeed(open.Events, TimeProvider.System, logs.CreateLogger<EventFeed>());
        standing = new StandingFeed(open.Reads, decisions =>
        {
            ward.Decided(decisions);
            Decisions = decisions;
            if (processor is { } watching) watching.Standing = decisions;
        });
        Feed.Listen(standing.OnCommittedAsync);
        Feed.Listen(ward.OnCommittedAsync);
    }

    public LiveWard Ward { get; }

    public EventFeed Feed { get; }

    /// <summary>Null where no page is served.</summary>
    public string? Url => page?.Url;

    private Policy.Suppressions.StandingDecisions Decisions { get; set; } = Policy.Suppressions.StandingDecisions.None;

    /// <summary>Restores what is on record, serves the page and follows what is committed from here on.</summary>
    /// <param name="options">Null for no page.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmbeddedHost> StartAsync(
        OpenStore open, LiveWard ward, INotificationDesk notifications, PageOptions? options, ILoggerFactory logs, CancellationToken cancellation)
    {
        var host = new EmbeddedHost(open, ward, logs);
        try
        {
            var from = await open.Events.ReadHeadAsync(cancellation) + 1;
            await ward.RestoreAsync(open.Reads, cancellation);
            await host.standing.RestoreAsync(cancellation);
            if (options is not null)
                host.page = await WebPage.StartAsync(
                    options, new PageSources(ward, open.Events, open.Reads, notifications, host.Feed, () => !host.following.IsFaulted), cancellation);
            host.following = host.Feed.RunAsync(from, host.stopping.Token);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The policy of this watch obeys what people decide, and the ward shows what it sees.</summary>
    public void Watch(TrafficProcessor watching)
    {
        processor = watching;
        watching.Standing = Decisions;
        watching.Processed += (result, committed) =>
        {
            Ward.Observe(result);
            if (committed.Appended.Count > 0) Feed.Wake();
        };
    }

    /// <summary>Lets go of every page that follows the stream: they come back.</summary>
    public void CloseStreams() => page?.CloseStreams();

    public async ValueTask DisposeAsync()
    {
        if (page is not null) await page.DisposeAsync();
        await stopping.CancelAsync();
        await following.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        stopping.Dispose();
    }
}
