using System.Diagnostics;
using System.Runtime.CompilerServices;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Local.Capture;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>Segments that come at their own times, whether or not the pipeline is ready: waiting in the queue counts as latency.</summary>
/// <param name="segments">Each round over them is a partition of its own, so that time never runs back within one.</param>
/// <param name="perSecond">Segments; infinite for as fast as they are taken.</param>
internal sealed class OpenLoopSource(Segment[] segments, int count, double perSecond) : ITrafficSource
{
    public const string Topic = "benchmark";

    public long Started { get; private set; }

    /// <summary>When the segment's last packet came, in stopwatch ticks.</summary>
    public long DueAt(TrafficPosition position) => Due((long)position.Partition * segments.Length + position.Offset);

    public async IAsyncEnumerable<TrafficBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Started = Stopwatch.GetTimestamp();
        for (var next = 0; next < count;)
        {
            while (Due(next) is var due && due > Stopwatch.GetTimestamp())
            {
                if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMilliseconds > 2) await Task.Delay(1, cancellation);
                else Thread.SpinWait(20);
            }
            var (partition, offset) = Math.DivRem(next, segments.Length);
            var (now, batch) = (Stopwatch.GetTimestamp(), new List<Segment>(PipelineStage.BatchSize));
            while (batch.Count < PipelineStage.BatchSize && next < count && offset < segments.Length && Due(next) <= now)
            {
                batch.Add(segments[offset] with { Position = new(Topic, partition, offset) });
                next++;
                offset++;
            }
            yield return new(Topic, partition, batch);
        }
    }

    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation) => Task.CompletedTask;

    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation) =>
        throw new InvalidOperationException($"a simulated segment cannot be read: {fault}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private long Due(long number) => Started + (long)(number / perSecond * Stopwatch.Frequency);
}
