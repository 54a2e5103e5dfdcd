using System.Diagnostics;
using IoMTAD.Features;
using IoMTAD.Hosting.Capture;
using IoMTAD.Inference;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>
/// From a segment's last packet to its events on the disk, by the embedded host's own loop, at half the load that it can bear; that load is
/// measured first.
/// </summary>
internal static class LatencyStage
{
    private const double GoalMilliseconds = 50;

    public static void Run(Bench bench)
    {
        foreach (var workload in bench.Workloads.Take(2))
        {
            var scorer = new ManagedAnomalyScorer(bench.Model);
            var (full, _) = Drive(bench, workload, scorer, workload.Segments.Length, double.PositiveInfinity);
            (full, _) = Drive(bench, workload, scorer, 2 * workload.Segments.Length, double.PositiveInfinity);
            var perSegment = (double)workload.Packets / workload.Segments.Length;
            bench.Rows.Add(new("host with store, full load", workload.Name, "packets/s", Sample.Of([full * perSegment])));
            var (runs, seconds) = bench.Settings.Quick ? (1, 1.5) : (3, 5);
            var half = Enumerable.Range(0, runs)
                .Select(_ => Drive(bench, workload, scorer, (int)(full / 2 * seconds), full / 2).Latencies).ToArray();
            foreach (var (name, share) in new[] { ("p50", 0.5), ("p99", 0.99) })
                bench.Rows.Add(new($"latency at half load, {name}", workload.Name, "ms",
                    Sample.Of(half.Select(l => l[(int)(l.Length * share)])), GoalMilliseconds) { LessIsBetter = true });
        }
    }

    private static (double PerSecond, double[] Latencies) Drive(
        Bench bench, Workload workload, IAnomalyScorer scorer, int count, double perSecond)
    {
        var database = SqliteDatabase.Open(Path.Combine(bench.Folder, Guid.NewGuid().ToString("N")));
        var store = new SqliteEventStore(database, TimeProvider.System);
        var source = new OpenLoopSource(workload.Segments, count, perSecond);
        var latencies = new List<double>(count);
        var policy = new PolicyOptions { Channels = ["file"] };
        var processor = new TrafficProcessor(
            store, scorer, WindowSchema.Schema, workload.Inventory, policy, NullLogger<TrafficProcessor>.Instance)
        {
            Processed = (result, _) =>
            {
                var now = Stopwatch.GetTimestamp();
                foreach (var outcome in result.Outcomes)
                    latencies.Add(Stopwatch.GetElapsedTime(source.DueAt(outcome.Segment.Position), now).TotalMilliseconds);
            },
        };
        processor.RunAsync(source, CancellationToken.None).GetAwaiter().GetResult();
        var rate = count / Stopwatch.GetElapsedTime(source.Started).TotalSeconds;
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return (rate, [.. latencies.Order()]);
    }
}
