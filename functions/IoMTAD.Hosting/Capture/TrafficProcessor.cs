using System.Diagnostics;
using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Hosting.Capture;

/// <summary>Drives the pipeline: one per partition, each batch stored before anybody hears of it. One batch at a time.</summary>
public sealed class TrafficProcessor(
    IEventStore store, IAnomalyScorer? scorer, FeatureSchema schema, DeviceInventory inventory, PolicyOptions options, ILogger<TrafficProcessor> log,
    TimeProvider? time = null)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(string Topic, int Partition), (DetectionPipeline Pipeline, long Next)> partitions = [];
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Time spent on batches: reading, scoring, deciding and storing, not waiting for traffic.</summary>
    public Stopwatch Busy { get; } = new();

    /// <summary>Records that were passed over: offsets within a partition that were not brought.</summary>
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
            await ProcessAsync(batch, source.RejectAsync, cancellation);
            await source.CommittedAsync(batch, cancellation);
        }
    }

    /// <summary>Returns once all that the batch came to is stored. What was stored before is passed over: bringing a batch again is harmless.</summary>
    /// <param name="reject">Keeps a segment of which nothing could be read, and why.</param>
    public async Task ProcessAsync(TrafficBatch batch, Func<Segment, string, CancellationToken, Task> reject, CancellationToken cancellation)
    {
        Busy.Start();
        try
        {
            while (!await TryProcessAsync(batch, reject, cancellation)) Release(batch.Topic, batch.Partition);
        }
        catch
        {
            // The pipeline is ahead of the store: what it knows is read anew.
            Release(batch.Topic, batch.Partition);
            throw;
        }
        finally
        {
            Busy.Stop();
        }
    }

    /// <summary>Forgets a partition that another worker has taken over; its state is in the store.</summary>
    public void Release(string topic, int partition) => partitions.Remove((topic, partition));

    /// <returns>False where another worker was there first.</returns>
    private async Task<bool> TryProcessAsync(
        TrafficBatch batch, Func<Segment, string, CancellationToken, Task> reject, CancellationToken cancellation)
    {
        var (pipeline, next) = await PartitionAsync(batch, cancellation);
        var part = BatchPart.From(batch, next);
        if (part.IsEmpty) return true;
        pipeline.Standing = Standing;
        var result = part.Segments.Count > 0 ? pipeline.Process(part.Segments) : PipelineResult.Nothing(part.Last);
        foreach (var (segment, fault) in result.Rejected) await reject(segment, fault, cancellation);
        result = result with { Commit = part.Complete(result, next, options, time.GetUtcNow()) };
        if (await CommitAsync(result.Commit, cancellation) is not { } committed) return false;
        Gaps += part.Gaps.Sum(gap => gap.Found - gap.Expected);
        partitions[(batch.Topic, batch.Partition)] = (pipeline, result.Commit.Checkpoint!.Next.Offset);
        Processed?.Invoke(result, committed);
        return true;
    }

    private async Task<(DetectionPipeline Pipeline, long Next)> PartitionAsync(TrafficBatch batch, CancellationToken cancellation)
    {
        var key = (batch.Topic, batch.Partition);
        if (partitions.TryGetValue(key, out var known)) return known;
        var checkpoint = await PatientlyAsync(_ => store.ReadCheckpointAsync(batch.Topic, batch.Partition, cancellation), cancellation);
        var pipeline = new DetectionPipeline(scorer, schema, inventory, options, checkpoint?.Watches ?? []);
        return partitions[key] = (pipeline, checkpoint?.Next.Offset ?? 0);
    }

    /// <returns>Null where another worker was there first.</returns>
    private Task<CommitResult?> CommitAsync(Commit commit, CancellationToken cancellation) => PatientlyAsync(async repeated =>
    {
        try
        {
            return await store.CommitAsync(commit, cancellation);
        }
        catch (CheckpointMovedException e)
        {
            // The answer to an earlier try was lost, and it had been stored.
            return repeated && e.Actual == commit.Checkpoint!.Next.Offset ? new CommitResult([], commit.Appends.Sum(a => a.Events.Count)) : null;
        }
    }, cancellation);

    // A full disk or a database gone must lose nothing: the batch waits, and with it the stream. Repeating is harmless, the store knows its events.
    private async Task<T> PatientlyAsync<T>(Func<bool, Task<T>> ask, CancellationToken cancellation)
    {
        var repeated = false;
        for (var wait = TimeSpan.FromMilliseconds(250); ; repeated = true)
        {
            try
            {
                return await ask(repeated);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException)
            {
                log.LogError("The event store does not answer, next try in {Seconds} s: {Message}", wait.TotalSeconds, e.Message);
                await Task.Delay(wait, time, cancellation);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }
}
