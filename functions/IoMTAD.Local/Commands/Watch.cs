using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Hosting.Response;
using IoMTAD.Hosting.Views;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Local.Views;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Local.Commands;

/// <summary>The embedded host at work: a source, the pipeline, the store, the page and those who are told.</summary>
/// <param name="config">File of settings; null for the one in the store's folder.</param>
internal sealed class Watch(
    Terminal terminal, IAnomalyScorer scorer, DeviceInventory inventory, string store, ILoggerFactory logs, string? config = null)
{
    /// <summary>Runs until the source ends or the user stops it; then all that is due is still delivered.</summary>
    /// <param name="page">Where the page listens; null for none.</param>
    public async Task RunAsync(
        Func<ITrafficSource> open, Action<ITrafficSource, TrafficProcessor>? connect, PageOptions? page, CancellationToken cancellation)
    {
        var settings = ConfigurationFile.Load(store, config);
        await using var opened = OpenStore.OrNew(store);
        var notifications = opened.Notifications(settings, terminal.Console);
        using var responding = notifications.CreateWorker();
        var ward = new LiveWard(inventory);
        var processor = new TrafficProcessor(
            opened.Events, scorer, scorer.Schema, inventory, notifications.Policy, logs.CreateLogger<TrafficProcessor>())
        {
            Processed = (_, committed) =>
            {
                responding.Heard();
                if (committed.Appended.Count > 0) responding.Wake();
            },
        };
        ward.Begin("watching", scorer.Threshold, processor);
        await using var host = await StartAsync(terminal, opened, ward, opened.Desk(settings, notifications, responding.Wake), page, logs, cancellation);
        host.Watch(processor);
        await using var source = open();
        connect?.Invoke(source, processor);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var response = responding.RunAsync(over.Token);
        try
        {
            await processor.RunAsync(source, cancellation);
        }
        finally
        {
            await over.CancelAsync();
            await response.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await responding.DrainAsync(CancellationToken.None);
        }
    }

    /// <summary>Shows a store that nothing is written to, until the user stops it.</summary>
    public static async Task ShowAsync(Terminal terminal, string store, string? config, PageOptions page, CancellationToken cancellation)
    {
        await using var opened = OpenStore.Existing(store);
        using var logs = Logs.To(terminal);
        var ward = new LiveWard(DeviceInventory.Empty) { Activity = "the record alone: no traffic is watched" };
        // Nobody sends here: what is put back waits for the next watch.
        var settings = ConfigurationFile.Load(store, config);
        var desk = opened.Desk(settings, opened.Notifications(settings, terminal.Console), () => { });
        await using var host = await StartAsync(terminal, opened, ward, desk, page, logs, cancellation);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    }

    private static async Task<EmbeddedHost> StartAsync(
        Terminal terminal, OpenStore opened, LiveWard ward, NotificationDesk desk, PageOptions? page, ILoggerFactory logs, CancellationToken cancellation)
    {
        try
        {
            var host = await EmbeddedHost.StartAsync(opened, ward, desk, page, logs, cancellation);
            if (host.Url is { } url) terminal.Error.WriteLine($"The page is on {url}; Ctrl-C stops.");
            return host;
        }
        catch (IOException) when (page is not null)
        {
            throw new CommandException($"port {page.Port} is taken: choose another with --port, or --no-page", ExitCode.WrongUse);
        }
    }
}
