using System.Diagnostics;
using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Functions.Inference;
using IoMTAD.Functions.Tests.Inference;
using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Views;
using IoMTAD.Hosting.Response;
using IoMTAD.Inference;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Functions.Tests.Capture;

/// <summary>Batches of a thousand segments through the trigger's own path, from records to a commit in PostgreSQL with outbox and views.</summary>
public sealed class IntakeBenchmark(PostgresServer server, TrainedModels models)
{
    private const int PerBatch = 1000;

    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Packets_through_the_triggers_path_per_second(bool onnx)
    {
        var model = models.Ward.Model;
        using var scorer = onnx ? OnnxAnomalyScorer.Open(model, new OnnxOptions()) : null;
        var (segments, packets) = Segments(20);
        await using var record = new MartenRecord((await server.RecordAsync()).Open(), null, new OutboxFollower(), new RecordViews());
        using var intake = new Intake(record.Store, scorer: (IAnomalyScorer?)scorer ?? new ManagedAnomalyScorer(model));
        var batches = segments.Select(Intake.Record).Chunk(PerBatch).ToList();
        await intake.TakeInAsync(batches[0], default);
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        foreach (var batch in batches.Skip(1)) await intake.TakeInAsync(batch, default);
        var (took, busy) = (clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu);
        var events = await record.Store.ReadHeadAsync();
        var share = 1 - (double)batches[0].Length / segments.Count;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(onnx ? "ONNX Runtime" : "managed")}: {segments.Count:N0} segments, {packets:N0} packets, {events:N0} events: "
            + $"{packets * share / took.TotalSeconds:N0} packets/s, {packets * share / busy.TotalSeconds:N0} "
            + $"per second of processor time of this process"));
    }

    private static (List<Segment> Segments, long Packets) Segments(int minutes)
    {
        var options = new WardOptions { Seed = 7 };
        var simulation = new WardSimulation(options, [new ScheduledAttack("TCP_IP-DoS-SYN", options.Start.AddMinutes(minutes / 2.0), Seed: 5)]);
        var segmenter = new Segmenter(simulation.Inventory, "t");
        var packets = 0L;
        List<Segment> segments = [];
        simulation.RunUntil(options.Start.AddMinutes(minutes), (in Frame frame) =>
        {
            packets++;
            segmenter.Add(frame);
        });
        while (segmenter.TryTake(out var segment)) segments.Add(segment);
        return (segments, packets);
    }
}
