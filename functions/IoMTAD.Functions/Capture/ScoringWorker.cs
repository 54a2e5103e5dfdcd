using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Functions.Inference;
using IoMTAD.Hosting.Capture;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Capture;

/// <summary>Scores with the model that is in use, whichever that is by now.</summary>
/// <param name="processed">Called after each batch is stored, with what it came to and what it took.</param>
public sealed class ScoringWorker(
    IEventStore store, IScorerSource scorers, DeviceInventory inventory, PolicyOptions options, ILogger<TrafficProcessor> log, TimeProvider time,
    Action<StoredBatch> processed)
{
    private TrafficProcessor? processor;
    private string? version;

    /// <summary>What people have decided; may be replaced at any time.</summary>
    public StandingDecisions Standing { get; set; } = StandingDecisions.None;

    /// <summary>One batch at a time.</summary>
    public async Task ProcessAsync(TrafficBatch batch, Func<Segment, string, CancellationToken, Task> reject, CancellationToken cancellation)
    {
        using var lease = scorers.Lease();
        // What is known of the devices is in the store: another model goes on from there.
        if (processor is null || lease.Scorer?.ModelVersion != version)
        {
            version = lease.Scorer?.ModelVersion;
            processor = new TrafficProcessor(store, lease.Scorer, lease.Scorer?.Schema ?? WindowSchema.Schema, inventory, options, log, time);
        }
        var (gaps, began) = (processor.Gaps, time.GetTimestamp());
        processor.Standing = Standing;
        processor.Processed = (result, committed) =>
            processed(new StoredBatch(result, committed, lease.Scorer, time.GetElapsedTime(began), processor.Gaps - gaps)
            {
                Unreadable = batch.Unreadable.Count,
            });
        await processor.ProcessAsync(batch, reject, cancellation);
    }
}

/// <param name="Scorer">Null while there is no model: devices are discovered and their rhythms learned.</param>
/// <param name="Gaps">Records that were passed over before it or within it.</param>
public sealed record StoredBatch(PipelineResult Result, CommitResult Committed, IAnomalyScorer? Scorer, TimeSpan Took, long Gaps)
{
    /// <summary>Records that were no segment; those of which nothing could be decoded are the result's.</summary>
    public int Unreadable { get; init; }
}
