using System.Threading.Channels;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Capture;

/// <summary>Segments of a simulated ward, through a bounded channel: frames are made on one core while the pipeline works on another.</summary>
/// <param name="start">Ward time up to which the simulation has run.</param>
/// <param name="pace">How long the ward's time from <paramref name="start"/> to <paramref name="end"/> shall take; null for as fast as it goes.</param>
public sealed class SimulatedTrafficSource(
    WardSimulation simulation, Segmenter segmenter, DateTimeOffset start, DateTimeOffset end, TimeSpan? pace, TimeProvider time) : ITrafficSource
{
    public const string Topic = "simulation";

    private const int BatchSize = 256;
    private static readonly TimeSpan ShortestSlice = TimeSpan.FromSeconds(1);

    /// <summary>Ward time made in one go: so much that a paced run stops for breath some twenty times a second.</summary>
    private readonly TimeSpan slice = pace is { } clock && (end - start) / clock * 0.05 is var seconds && seconds > 1
        ? TimeSpan.FromSeconds(seconds)
        : ShortestSlice;

    private List<Segment> waiting = new(BatchSize);

    public async IAsyncEnumerable<TrafficBatch> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<TrafficBatch>(new BoundedChannelOptions(16) { SingleReader = true, SingleWriter = true });
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var producing = Task.Run(() => ProduceAsync(channel.Writer, abandoned.Token), cancellation);
        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync(cancellation)) yield return batch;
        }
        finally
        {
            await abandoned.CancelAsync();
            await producing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation) => Task.CompletedTask;

    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation) =>
        throw new InvalidOperationException($"the simulator made a segment that cannot be read: {fault}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // A slice may give few segments: unpaced, they wait for others, so that a transaction is not spent on a handful.
    private async Task ProduceAsync(ChannelWriter<TrafficBatch> writer, CancellationToken cancellation)
    {
        try
        {
            var began = time.GetTimestamp();
            for (var now = start; now < end;)
            {
                now = now + slice < end ? now + slice : end;
                simulation.RunUntil(now, segmenter.Add);
                if (now == end) segmenter.Flush();
                await WriteAsync(writer, partial: pace is not null, cancellation);
                if (pace is { } whole)
                {
                    var early = whole * ((now - start) / (end - start)) - time.GetElapsedTime(began);
                    if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellation);
                }
            }
            await WriteAsync(writer, partial: true, cancellation);
            writer.Complete();
        }
        catch (Exception e)
        {
            writer.Complete(e);
        }
    }

    private async Task WriteAsync(ChannelWriter<TrafficBatch> writer, bool partial, CancellationToken cancellation)
    {
        while (segmenter.TryTake(out var segment))
        {
            waiting.Add(segment);
            if (waiting.Count == BatchSize) await SendAsync();
        }
        if (partial && waiting.Count > 0) await SendAsync();

        async ValueTask SendAsync()
        {
            await writer.WriteAsync(new TrafficBatch(Topic, 0, waiting), cancellation);
            waiting = new List<Segment>(BatchSize);
        }
    }
}
