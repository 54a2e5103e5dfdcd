using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Recording;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Capture;

/// <summary>
/// Holds what the group says it has read against what is stored. The trigger gives up a batch that failed too often and commits it all the same:
/// nothing else would tell.
/// </summary>
/// <param name="looked">Called with what the brokers said, before any of it is judged.</param>
public sealed class OffsetAudit(
    ICommittedOffsets committed, IEventStore store, PolicyOptions options, TimeProvider time, ILogger<OffsetAudit> log,
    Action<IReadOnlyList<GroupOffsets>> looked)
{
    /// <returns>Records that were committed and are not stored.</returns>
    /// <exception cref="IOException">The brokers do not answer.</exception>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        var missing = 0L;
        // The store is asked later, so what is stored meanwhile is no gap.
        var offsets = await committed.ReadAsync(cancellation);
        looked(offsets);
        foreach (var group in offsets)
        {
            if (group.Committed is not { } read) continue;
            var next = new TrafficPosition(group.Topic, group.Partition, read);
            var stored = await store.ReadCheckpointAsync(next.Topic, next.Partition, cancellation);
            var expected = stored?.Next.Offset ?? 0;
            if (stored is null || next.Offset <= expected) continue;
            missing += next.Offset - expected;
            log.LogError("{Topic}-{Partition}: {Missing} records from offset {Offset} on were committed and are not stored",
                next.Topic, next.Partition, next.Offset - expected, expected);
            var decisions = SkippedTrafficRules.Decide(next with { Offset = expected }, next.Offset, TrafficTime.FromDate(time.GetUtcNow()), options);
            await store.CommitAsync(new Commit([.. DetectionPipeline.Appends(decisions)]), cancellation);
        }
        return missing;
    }
}
