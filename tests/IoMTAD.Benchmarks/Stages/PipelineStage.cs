using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>Segments' bytes to verdicts and events, on one thread, in batches as Kafka brings them; then the same from the capture's bytes on.</summary>
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
        {
            var sample = Measure.Throughput(bench.Settings, () =>
            {
                var segmenter = new Segmenter(workload.Inventory, "benchmark");
                CaptureStages.Read(workload.Capture, segmenter);
                segmenter.Flush();
                var segments = new List<Segment>(workload.Segments.Length);
                while (segmenter.TryTake(out var segment)) segments.Add(segment);
                Process(scorer, workload.Inventory, [.. segments]);
                return workload.Packets;
            });
            bench.Rows.Add(new("pipeline, capture → events", workload.Name, "packets/s", sample));
        }
    }

    private static int Process(IAnomalyScorer scorer, DeviceInventory inventory, Segment[] segments)
    {
        var pipeline = new DetectionPipeline(scorer, WindowSchema.Schema, inventory, new PolicyOptions(), []);
        var events = 0;
        for (var i = 0; i < segments.Length; i += BatchSize)
        {
            var batch = new ArraySegment<Segment>(segments, i, Math.Min(BatchSize, segments.Length - i));
            foreach (var append in pipeline.Process(batch).Commit.Appends) events += append.Events.Count;
        }
        return events;
    }
}
