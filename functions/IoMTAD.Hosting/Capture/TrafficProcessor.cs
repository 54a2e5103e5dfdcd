using System.Diagnostics;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Hosting.Capture;

/// <summary>Drives the pipeline: segments from a source, one pipeline per partition, each batch stored before the source hears of it.</summary>
public sealed class TrafficProcessor(
    IEventStore store, IAnomalyScorer? scorer, FeatureSchema schema, DeviceInventory inventory, PolicyOptions options, ILogger<TrafficProcessor> log,
    TimeProvider? time = null)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(string Topic, int Partition), (DetectionPipeline Pipeline, long Next)> partitions = [];

    /// <summary>Time spent on batches: reading, scoring, deciding and storing, not waiting for traffic.</summary>
    public Stopwatch Busy { get; } = new();

    /// <summary>Records that the source passed over: offsets within a partition that were not brought.</summary>
    public long Gaps { get; private set; }

    /// <summary>What people have decided; may be replaced at any time, and holds from the next batch on.</summary>
    public StandingDecisions Standing { get; set; } = StandingDecisions.None;

    /// <summary>Called after each batch is stored.</summary>
    public Action<PipelineResult, CommitResult>? Processed { get; set; }

    /// <summary>Runs until the source ends.</summary>
    public async Task RunAsync(ITrafficSource source, CancellationToken cancellation)
    {
        await foreach (var batch in source.ReadAsync(cancellation))
        {
            Busy.Start();
            var (pipeline, next) = await PartitionAsync(batch, cancellation);
            // What was stored before a crash comes again: the pipeline's state is already behind it.
            var segments = batch.Segments[0].Position.Offset >= next
                ? batch.Segments
                : [.. batch.Segments.Where(s => s.Position.Offset >= next)];
            if (segments.Count > 0)
            {
                if (next > 0 && segments[0].Position.Offset > next) Gaps += segments[0].Position.Offset - next;
                pipeline.Standing = Standing;
                var result = pipeline.Process(segments);
                foreach (var (segment, fault) in result.Rejected) await source.RejectAsync(segment, fault, cancellation);
                var committed = await CommitAsync(result.Commit, cancellation);
                partitions[(batch.Topic, batch.Partition)] = (pipeline, segments[^1].Position.Offset + 1);
                Processed?.Invoke(result, committed);
            }
            await source.CommittedAsync(batch, cancellation);
            Busy.Stop();
        }
    }

    /// <summary>Forgets a partition that another worker has taken over; its state is in the store.</summary>
    public void Release(string topic, int partition) => partitions.Remove((topic, partition));

    private async Task<(DetectionPipeline Pipeline, long Next)> PartitionAsync(TrafficBatch batch, CancellationToken cancellation)
    {
        var key = (batch.Topic, batch.Partition);
        if (partitions.TryGetValue(key, out var known)) return known;
        var checkpoint = await store.ReadCheckpointAsync(batch.Topic, batch.Partition, cancellation);
        var pipeline = new DetectionPipeline(scorer, schema, inventory, options, checkpoint?.Watches ?? []);
        return partitions[key] = (pipeline, checkpoint?.Next.Offset ?? 0);
    }

    // A full disk or a locked file must lose nothing: the batch waits, and with it the stream. Repeating is harmless, the store knows its events.
    private async Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellation)
    {
        for (var wait = TimeSpan.FromMilliseconds(250); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await store.CommitAsync(commit, cancellation);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException)
            {
                log.LogError("The event store does not answer, next try in {Seconds} s: {Message}", wait.TotalSeconds, e.Message);
                await Task.Delay(wait, time ?? TimeProvider.System, cancellation);
            }
        }
    }
}
