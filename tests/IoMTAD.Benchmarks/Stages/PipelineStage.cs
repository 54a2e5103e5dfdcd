using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>
/// Segments' bytes to verdicts and events, on one thread, in batches as Kafka brings them; then the same from the capture's bytes on.
/// </summary>
internal static class PipelineStage
{
    public const int BatchSize = 256;

    private const double Goal = 2.5e6;

    public static void Run(Bench bench)
    {
        var scorer = new ManagedAnomalyScorer(bench.Model);
        foreach (var workload in bench.Workloads)
        {
            var events = 0;
            var sample = Measure.Throughput(bench.Settings, () =>
            {
                events = Process(scorer, workload.Inventory, workload.Segments);
                return workload.Packets;
            });
            bench.Rows.Add(new("pipeline, segments → events", workload.Name, "packets/s", sample, Goal));
            bench.Notes.Add($"{workload.Name}: {workload.Packets} packets in {workload.Segments.Length} segments, {events} events");
        }
        foreach (var workload in bench.Workloads)
            bench.Rows.Add(new("pipeline, capture → events", workload.Name, "packets/s",
                Measure.Throughput(bench.Settings, () => FromCapture(scorer, workload)), Goal));
    }

    private static int Process(IAnomalyScorer scorer, DeviceInventory inventory, Segment[] segments)
    {
        var pipeline = New(scorer, inventory);
        var events = 0;
        for (var i = 0; i < segments.Length; i += BatchSize)
            events += Process(pipeline, new ArraySegment<Segment>(segments, i, Math.Min(BatchSize, segments.Length - i)));
        return events;
    }

    private static int Process(DetectionPipeline pipeline, IReadOnlyList<Segment> batch) =>
        pipeline.Process(batch).Commit.Appends.Sum(a => a.Events.Count);

    private static DetectionPipeline New(IAnomalyScorer scorer, DeviceInventory inventory) =>
        new(scorer, WindowSchema.Schema, inventory, new PolicyOptions(), []);

    private static long FromCapture(IAnomalyScorer scorer, Workload workload)
    {
        var (pipeline, segmenter) = (New(scorer, workload.Inventory), new Segmenter(workload.Inventory, "benchmark"));
        var batch = new List<Segment>(BatchSize);
        ReadOnlySpan<byte> rest = workload.Capture;
        var reader = new CaptureReader();
        while (reader.TryRead(ref rest, isFinal: true, out var frame))
        {
            segmenter.Add(frame);
            Drain();
        }
        segmenter.Flush();
        Drain();
        if (batch.Count > 0) Process(pipeline, batch);
        return workload.Packets;

        void Drain()
        {
            while (segmenter.TryTake(out var segment))
            {
                batch.Add(segment);
                if (batch.Count < BatchSize) continue;
                Process(pipeline, batch);
                batch.Clear();
            }
        }
    }
}
