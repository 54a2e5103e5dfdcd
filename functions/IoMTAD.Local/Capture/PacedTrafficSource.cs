using System.Runtime.CompilerServices;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;

namespace IoMTAD.Local.Capture;

/// <summary>Another source's batches at the pace of their own time stamps, as they once came, or so many times as fast.</summary>
/// <param name="speed">1 for real time.</param>
/// <param name="timeOf">Traffic time of a segment, nanoseconds since the Unix epoch.</param>
public sealed class PacedTrafficSource(ITrafficSource source, double speed, Func<Segment, long> timeOf, TimeProvider time) : ITrafficSource
{
    public async IAsyncEnumerable<TrafficBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (began, first) = (time.GetTimestamp(), (long?)null);
        await foreach (var batch in source.ReadAsync(cancellation))
        {
            foreach (var segment in batch.Segments)
            {
                first ??= timeOf(segment);
                var early = TimeSpan.FromTicks((long)((timeOf(segment) - first.Value) / 100 / speed)) - time.GetElapsedTime(began);
                if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellation);
                yield return batch with { Segments = [segment] };
            }
        }
    }

    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation) => source.CommittedAsync(batch, cancellation);

    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation) => source.RejectAsync(segment, fault, cancellation);

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
