using System.Globalization;
using IoMTAD.Api.Security;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Hosting.Capture;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Hosting.Views;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Recording;
using IoMTAD.Local.Response.Settings;
using IoMTAD.Local.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace IoMTAD.Local.Commands.Demo;

/// <summary>Learns the ward, promotes the model, watches the attacks, and sums up from the events.</summary>
/// <param name="folder">New folder of the event store.</param>
/// <param name="quiet">Nothing but the result is printed.</param>
internal sealed class DemoRun(Terminal terminal, DemoPlan plan, string folder, bool quiet)
{
    private const string ModelName = "ward";

    /// <summary>Share of benign segments that are strange: an incident takes three of five.</summary>
    private const double FalseAlarmRate = 1e-3;

    private readonly WardSimulation simulation = new(plan.Ward, plan.Attacks);

    /// <summary>There once the ward is learned.</summary>
    public string ModelFolder { get; private set; } = "";

    private bool Draws => !quiet && terminal.IsAttended;

    /// <param name="page">Where the page listens; null for none. Beyond loopback a key is made and printed.</param>
    /// <param name="watched">What is done when the watch is over, while the page is still there.</param>
    public async Task<DemoSummary> RunAsync(TimeSpan pace, PageOptions? page, Func<DemoSummary, string, Task>? watched, CancellationToken cancellation)
    {
        if (File.Exists(Path.Combine(folder, SqliteDatabase.FileName)))
            throw new CommandException($"'{folder}' holds events already: name a new folder with --store", ExitCode.WrongUse);
        await using var open = OpenStore.OrNew(folder);
        var segmenter = new Segmenter(simulation.Inventory, SimulatedTrafficSource.Topic);
        var ward = new LiveWard(simulation.Inventory);
        var notifications = open.Notifications(LocalChannels.FileAlone, terminal.Console);
        using var responding = notifications.CreateWorker();
        await using var host = await StartAsync(Guarded(page), ward, open, open.Desk(LocalChannels.FileAlone, notifications, responding.Wake), cancellation);

        var benign = await LearnAsync(open, segmenter, host, cancellation);
        var model = await TrainAsync(open, benign, cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var response = responding.RunAsync(over.Token);
        var processor = await WatchAsync(open, segmenter, host, new ManagedAnomalyScorer(model), notifications.Policy, responding, pace, cancellation);
        await responding.DrainAsync(cancellation);

        var opened = await open.Events.ReadAllAsync(0, cancellation).Where(e => e.Type == nameof(IncidentOpened)).ToListAsync(cancellation);
        var live = ward.Snapshot();
        var hours = (plan.WatchUntil - plan.WatchFrom).TotalHours * simulation.Inventory.Devices.Count;
        var summary = DemoSummary.Of(
            opened, simulation.Attacks, plan.WatchFrom, hours, live.Packets, live.Packets / processor.Busy.Elapsed.TotalSeconds);
        ward.Activity = "the watch is over";
        if (host.Url is { } url && watched is not null) await watched(summary, url);
        await over.CancelAsync();
        await response.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return summary;
    }

    /// <summary>The ward is made up, so its key may be printed and travel in clear; nobody comes in without one all the same.</summary>
    private PageOptions? Guarded(PageOptions? page)
    {
        if (page is null || page.IsLoopback) return page;
        var (key, keys) = ApiKeys.None.Add("demo", Role.Admin);
        KeyFile.Write(folder, keys);
        terminal.Error.WriteLine($"Sign in with the key {key}");
        return page with { Access = new AccessOptions(keys, TrustsLoopback: false, Environment.UserName) };
    }

    private async Task<EmbeddedHost> StartAsync(
        PageOptions? page, LiveWard ward, OpenStore open, NotificationDesk desk, CancellationToken cancellation)
    {
        try
        {
            var host = await EmbeddedHost.StartAsync(open, ward, desk, page, NullLoggerFactory.Instance, cancellation);
            if (host.Url is { } url && !quiet) terminal.Error.WriteLine($"The ward is on {url} while it is watched.");
            return host;
        }
        catch (IOException) when (page is not null)
        {
            terminal.Error.WriteLine($"iomtad: port {page.Port} is taken, so there is no page: choose another with --port");
            return await EmbeddedHost.StartAsync(open, ward, desk, null, NullLoggerFactory.Instance, cancellation);
        }
    }

    /// <summary>Devices are discovered and their rhythm learned; what was normal is kept for training.</summary>
    private Task<SequenceBatch> LearnAsync(OpenStore open, Segmenter segmenter, EmbeddedHost host, CancellationToken cancellation) =>
        Bar.RunAsync(terminal, "watching a calm ward", async report =>
        {
            var reader = new SegmentReader(WindowSchema.Schema);
            var benign = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
            var processor = Processor(open, null, PolicyOptions.Default, (result, _) =>
            {
                foreach (var outcome in result.Outcomes) reader.Read(outcome.Segment, benign);
                report((host.Ward.Clock.GetValueOrDefault(plan.Ward.Start) - plan.Ward.Start) / (plan.WatchFrom - plan.Ward.Start));
            });
            host.Ward.Begin("learning what is normal", 0, processor);
            host.Watch(processor);
            await using var source = new SimulatedTrafficSource(
                simulation, segmenter, plan.Ward.Start, plan.WatchFrom, pace: null, TimeProvider.System);
            await processor.RunAsync(source, cancellation);
            return benign;
        }, quiet);

    private Task<AnomalyModel> TrainAsync(OpenStore open, SequenceBatch benign, CancellationToken cancellation) =>
        Bar.RunAsync(terminal, "training", async report =>
        {
            var options = new TrainingOptions { Name = ModelName, Seed = plan.Ward.Seed, FalseAlarmRate = FalseAlarmRate };
            var log = new ModelLog(open.Events, ModelName, plan.WatchFrom);
            await log.StartedAsync(WindowSchema.Schema.Name, SimulatedTrafficSource.Topic, options.Seed, cancellation);
            var progress = new DirectProgress(p => report(p.Done));
            var model = await Task.Run(() => DetectorTrainer.Train(WindowSchema.Schema, benign, options, progress, cancellation), cancellation);
            cancellation.ThrowIfCancellationRequested();
            var models = new FolderModelStore(folder);
            await models.KeepAsync(model.Version, model.Files, cancellation);
            ModelFolder = models.FolderOf(model.Version);
            await log.TrainedAsync(model, benign.Count, cancellation);
            var history = await log.ReadAsync(cancellation);
            if (ModelDecisions.PromoteAnyway(history.State, new(model.Version, FalseAlarmRate), "the ward's first model") is { } promoted)
                await log.RecordAsync(history, promoted, cancellation);
            return model;
        }, quiet);

    private async Task<TrafficProcessor> WatchAsync(
        OpenStore open, Segmenter segmenter, EmbeddedHost host, IAnomalyScorer scorer, PolicyOptions policy, OutboxWorker responding, TimeSpan pace,
        CancellationToken cancellation)
    {
        var ward = host.Ward;
        var processor = Processor(open, scorer, policy, (_, committed) =>
        {
            responding.Heard();
            ward.Activity = Activity(ward.Clock.GetValueOrDefault(plan.WatchFrom));
            if (committed.Appended.Count > 0) responding.Wake();
            if (!quiet && !Draws) Print(committed);
        });
        ward.Begin("watching", scorer.Threshold, processor);
        host.Watch(processor);
        await using var source = new SimulatedTrafficSource(
            simulation, segmenter, plan.WatchFrom, plan.WatchUntil, pace, TimeProvider.System);
        var watching = processor.RunAsync(source, cancellation);
        if (Draws) await DrawAsync(ward, watching);
        await watching;
        return processor;
    }

    private TrafficProcessor Processor(
        OpenStore open, IAnomalyScorer? scorer, PolicyOptions policy, Action<PipelineResult, CommitResult> processed) =>
        new(open.Events, scorer, WindowSchema.Schema, simulation.Inventory, policy, NullLogger<TrafficProcessor>.Instance) { Processed = processed };

    private string Activity(DateTimeOffset now) =>
        simulation.Attacks.FirstOrDefault(a => a.Start <= now && now <= a.End) is { } attack ? $"under attack: {attack.Name}" : "watching";

    private Task DrawAsync(LiveWard ward, Task watching) => terminal.Progress.Live(DemoTable.Render(ward)).StartAsync(async context =>
    {
        while (await Task.WhenAny(watching, Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System)) != watching)
            context.UpdateTarget(DemoTable.Render(ward));
        context.UpdateTarget(DemoTable.Render(ward));
    });

    private void Print(CommitResult committed)
    {
        foreach (var @event in committed.Appended)
            if (@event.Event is IncidentOpened opened)
                terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{@event.OccurredAt.UtcDateTime:HH:mm:ss}  {opened.Severity,-8}  {opened.Summary}"));
    }
}
