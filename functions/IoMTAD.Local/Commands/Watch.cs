using IoMTAD.Capture;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Response;
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
    /// <param name="port">Of the page; null for none.</param>
    public async Task RunAsync(Func<ITrafficSource> open, Action<ITrafficSource, TrafficProcessor>? connect, int? port, CancellationToken cancellation)
    {
        var settings = ConfigurationFile.Load(store, config);
        await using var opened = OpenStore.OrNew(store);
        var notifications = new Notifications(settings, store, opened.Database, opened.Events, terminal.Console, TimeProvider.System);
        using var responding = notifications.CreateWorker();
        var ward = new LiveWard(inventory);
        var processor = new TrafficProcessor(
            opened.Events, scorer, scorer.Schema, inventory, notifications.Policy, logs.CreateLogger<TrafficProcessor>())
        {
            Processed = (result, committed) =>
            {
                ward.Observe(result, committed);
                responding.Heard();
                if (committed.Appended.Count > 0) responding.Wake();
            },
        };
        ward.Begin("watching", scorer.Threshold, processor);
        await ward.RestoreAsync(new SqliteViews(opened.Database, opened.Events), cancellation);
        await using var page = port is { } number ? await PageAsync(terminal, number, ward, opened, cancellation) : null;
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
    public static async Task ShowAsync(Terminal terminal, string store, int port, CancellationToken cancellation)
    {
        await using var opened = OpenStore.Existing(store);
        var ward = new LiveWard(DeviceInventory.Empty) { Activity = "the record alone: no traffic is watched" };
        await ward.RestoreAsync(new SqliteViews(opened.Database, opened.Events), cancellation);
        await using var page = await PageAsync(terminal, port, ward, opened, cancellation);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    }

    private static async Task<WebPage> PageAsync(Terminal terminal, int port, LiveWard ward, OpenStore opened, CancellationToken cancellation)
    {
        try
        {
            var page = await WebPage.StartAsync(port, ward, opened.Events, new SqliteViews(opened.Database, opened.Events), cancellation);
            terminal.Error.WriteLine($"The page is on {page.Url}; Ctrl-C stops.");
            return page;
        }
        catch (IOException)
        {
            throw new CommandException($"port {port} is taken: choose another with --port, or --no-page", ExitCode.WrongUse);
        }
    }
}
