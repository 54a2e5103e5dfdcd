using IoMTAD.Policy;
using IoMTAD.Policy.Records;

namespace IoMTAD.Recording;

/// <summary>Records who read of the record, took evidence out of it, or verified it.</summary>
public sealed class AccessLog(IEventStore store, TimeProvider time)
{
    /// <summary>After the fact, so that it is known how much they got; also where the reading broke off.</summary>
    /// <param name="by">The account.</param>
    public Task RecordAsync(string action, string by, string detail, long rows, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var accessed = new RecordAccessed(action, by, detail, rows);
        var id = EventId.From($"access {now.UtcTicks} {EventTypes.Serialize(accessed)}");
        return store.CommitAsync(new Commit([new StreamAppend(RecordAccessed.StreamOf(now), null, [new NewEvent(id, accessed, now)])]), cancellation);
    }
}
