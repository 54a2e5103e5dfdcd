using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Hosting.Capture.Kafka;

namespace IoMTAD.Functions.Capture;

/// <summary>Takes in the batches that the trigger brings: whatever is in them, in whatever order, however often.</summary>
/// <remarks>
/// The trigger knows no more than success and failure, repeats a failed batch at once and gives it up after a few times. So a bad record fails
/// nothing here, and what is gone for a while, the database or the brokers, is waited for within the call.
/// </remarks>
public sealed class TrafficIntake(ScoringWorker worker, IDeadLetters deadLetters, TimeProvider time) : IDisposable
{
    /// <summary>A call that lasts longer than five minutes loses the partitions (<c>max.poll.interval.ms</c>): less, with time left to end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(200);

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <exception cref="OperationCanceledException">Not all of it could be stored in time: to be brought again.</exception>
    public async Task TakeInAsync(IReadOnlyCollection<ConsumeResult<byte[], byte[]>> records, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        await turn.WaitAsync(either.Token);
        try
        {
            foreach (var partition in records.GroupBy(r => (r.Topic, r.Partition.Value)))
                await TakeInAsync([.. partition.DistinctBy(r => r.Offset.Value).OrderBy(r => r.Offset.Value)], either.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <param name="records">Of one partition, by offset.</param>
    private async Task TakeInAsync(ConsumeResult<byte[], byte[]>[] records, CancellationToken cancellation)
    {
        List<Segment> segments = [];
        List<long> unreadable = [];
        foreach (var record in records)
        {
            if (SegmentRecords.TryRead(record, out var segment, out var fault)) segments.Add(segment);
            else
            {
                // Kept before it is passed over: sent again by a repeat, it lies there twice.
                await deadLetters.SendAsync(record.Message, PositionOf(record), fault, cancellation);
                unreadable.Add(record.Offset.Value);
            }
        }
        var batch = new TrafficBatch(records[0].Topic, records[0].Partition.Value, segments) { Unreadable = unreadable };
        await worker.ProcessAsync(batch, (segment, fault, c) =>
            deadLetters.SendAsync(Array.Find(records, r => r.Offset.Value == segment.Position.Offset)!.Message, segment.Position, fault, c), cancellation);
    }

    private static TrafficPosition PositionOf(ConsumeResult<byte[], byte[]> record) => new(record.Topic, record.Partition.Value, record.Offset.Value);
}
