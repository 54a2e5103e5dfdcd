using IoMTAD.Api.Desks;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Commands;
using IoMTAD.Local.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Tests;
using IoMTAD.Training.Models;
using IoMTAD.Views;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Api;

/// <summary>A real change of behaviour, learned while it goes on: two pumps begin to repeat themselves, one after the other.</summary>
[Trait("Category", "Slow")]
public sealed class LearnTests
{
    private const string First = "pump-01", Second = "pump-02", Chattering = "Malfunction-Device_Chattering";

    private static readonly WardOptions Ward = new() { Seed = 5 };
    private static readonly DateTimeOffset Learned = Ward.Start + TimeSpan.FromMinutes(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_learned_is_quiet_within_a_minute_and_the_same_change_of_another_device_still_opens_an_incident()
    {
        using var folder = new TemporaryFolder();
        await using var open = OpenStore.OrNew(folder.Path);
        var simulation = new WardSimulation(Ward,
        [
            new(Chattering, Learned.AddMinutes(1), TimeSpan.FromMinutes(20), Victim: First),
            new(Chattering, Learned.AddMinutes(10), TimeSpan.FromMinutes(10), Victim: Second),
        ]);
        var segmenter = new Segmenter(simulation.Inventory, SimulatedTrafficSource.Topic);
        await using var host = await EmbeddedHost.StartAsync(open, new LiveWard(simulation.Inventory), null, Cancellation);

        var benign = await LearnAsync();
        var model = DetectorTrainer.Train(WindowSchema.Schema, benign, new TrainingOptions { Name = "ward", Seed = 1, Epochs = 2 }, null, Cancellation);
        var watching = Processor(new ManagedAnomalyScorer(model));
        host.Watch(watching);

        await RunAsync(watching, Learned, Learned.AddMinutes(5));
        var incident = Assert.Single((await open.Reads.IncidentsAsync(new IncidentQuery { DeviceId = First }, Cancellation)).Items);
        var desk = new SuppressionDesk(open.Events, open.Reads, new ActClock(open.Reads, TimeProvider.System));
        var preview = (await desk.PreviewLearningAsync(incident.Id, Cancellation)).Value!;
        Assert.Equal([incident.Id], preview.Silences.Silenced);
        var act = await desk.LearnAsync(incident.Id, TimeSpan.FromDays(1), "anna", Cancellation);
        Assert.Null(act.Reason);
        await Obeyed();

        await RunAsync(watching, Learned.AddMinutes(5), Learned.AddMinutes(20));

        var events = await open.Events.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);
        var after = events.Where(e => e.OccurredAt > Learned.AddMinutes(6)).ToList();
        Assert.DoesNotContain(after, e => e.Event is AnomalyObserved observed && observed.IncidentId == incident.Id);
        Assert.DoesNotContain(after, e => e.Event is IncidentOpened { Device.Id: First });
        Assert.Contains(after, e => e.Event is AnomalyAllowed { DeviceId: First });
        Assert.Contains(after, e => e.Event is IncidentOpened { Device.Id: Second });

        async Task<SequenceBatch> LearnAsync()
        {
            var reader = new SegmentReader(WindowSchema.Schema);
            var batch = new SequenceBatch(WindowSchema.Schema.ModelColumns.Count);
            var learning = Processor(null);
            learning.Processed += (result, _) =>
            {
                foreach (var outcome in result.Outcomes) reader.Read(outcome.Segment, batch);
            };
            await RunAsync(learning, Ward.Start, Learned);
            return batch;
        }

        TrafficProcessor Processor(IAnomalyScorer? scorer) => new(open.Events, scorer, WindowSchema.Schema, simulation.Inventory, new PolicyOptions(),
            NullLogger<TrafficProcessor>.Instance);

        async Task RunAsync(TrafficProcessor processor, DateTimeOffset from, DateTimeOffset to)
        {
            await using var source = new SimulatedTrafficSource(simulation, segmenter, from, to, pace: null, TimeProvider.System);
            await processor.RunAsync(source, Cancellation);
        }

        // The decision reaches the policy by the feed.
        async Task Obeyed()
        {
            host.Feed.Wake();
            while (!watching.Standing.Allowing(incident.Device, TrafficTime.FromDate(Learned.AddMinutes(5))).Any()) await Task.Yield();
        }
    }
}
