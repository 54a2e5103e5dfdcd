using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Hosting.Capture;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Commands;
using IoMTAD.Policy;
using IoMTAD.Training.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Api;

/// <summary>A simulated ward that a host watches: first its calm is learned, then it goes on as far as a test wants it.</summary>
internal sealed class LearnedWard
{
    /// <summary>An infusion pump repeats itself, as after a change of its firmware.</summary>
    public const string Chattering = "Malfunction-Device_Chattering";

    private static readonly WardOptions Options = new() { Seed = 5 };

    private readonly WardSimulation simulation;
    private readonly Segmenter segmenter;
    private DateTimeOffset now = Options.Start;

    /// <param name="attacks">None before <see cref="Learned"/>.</param>
    public LearnedWard(params IReadOnlyList<ScheduledAttack> attacks)
    {
        simulation = new WardSimulation(Options, attacks);
        segmenter = new Segmenter(simulation.Inventory, SimulatedTrafficSource.Topic);
    }

    /// <summary>When the calm has been learned, and the watch begins.</summary>
    public static DateTimeOffset Learned { get; } = Options.Start + TimeSpan.FromMinutes(20);

    public DeviceInventory Inventory => simulation.Inventory;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Learns the calm ward, and hands the watch over to the host.</summary>
    public async Task<TrafficProcessor> LearnAsync(OpenStore open, EmbeddedHost host)
    {
        var reader = new SegmentReader(WindowSchema.Schema);
        var benign = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
        var learning = Processor(open, null);
        learning.Processed += (result, _) =>
        {
            foreach (var outcome in result.Outcomes) reader.Read(outcome.Segment, benign);
        };
        await RunAsync(learning, Learned);
        var model = DetectorTrainer.Train(WindowSchema.Schema, benign, new TrainingOptions { Name = "ward", Seed = 1, Epochs = 2 }, null, Cancellation);
        var watching = Processor(open, new ManagedAnomalyScorer(model));
        host.Ward.Begin("watching", model.Manifest.Threshold, watching);
        host.Watch(watching);
        return watching;
    }

    /// <summary>The ward goes on until then.</summary>
    public async Task RunAsync(TrafficProcessor processor, DateTimeOffset until)
    {
        await using var source = new SimulatedTrafficSource(simulation, segmenter, now, until, pace: null, TimeProvider.System);
        await processor.RunAsync(source, Cancellation);
        now = until;
    }

    private TrafficProcessor Processor(OpenStore open, IAnomalyScorer? scorer) =>
        new(open.Events, scorer, WindowSchema.Schema, Inventory, new PolicyOptions(), NullLogger<TrafficProcessor>.Instance);
}
