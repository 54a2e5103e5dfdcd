using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using IoMTAD.Capture;
using IoMTAD.Local.Capture;

namespace IoMTAD.Benchmarks.Stages;

/// <summary>
/// Ten thousand devices that each talk every few seconds: the frames of one calm ward, under other addresses, cut by a segmenter as they would be
/// behind a mirror port.
/// </summary>
/// <param name="sample">Called <see cref="Samples"/> times on the way, evenly.</param>
internal sealed class CrowdSource(int minutes, Action sample) : ITrafficSource
{
    public const int Samples = 60;

    private const int Devices = 10_000, BurstSeconds = 6, FramesOfBurst = 4;
    private const string Topic = "crowd";

    private static readonly long Start = TrafficTime.FromDate(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public async IAsyncEnumerable<TrafficBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        var frames = Workload.Calm(TimeSpan.FromSeconds(30)).Capture;
        var segmenter = new Segmenter(DeviceInventory.Empty, Topic);
        var (rest, capture) = (0, new CaptureReader());
        // Device after device, evenly over the seconds between two of its bursts.
        var bursts = (long)minutes * 60 / BurstSeconds * Devices;
        var batch = new List<Segment>(PipelineStage.BatchSize);
        for (long burst = 0, sampled = 1; burst < bursts; burst++)
        {
            var now = Start + (long)(burst * (BurstSeconds * 1e9 / Devices));
            for (var i = 0; i < FramesOfBurst; i++) rest = AddNext(segmenter, frames, rest, ref capture, (ulong)(burst % Devices), now + i * 50_000);
            while (segmenter.TryTake(out var segment))
            {
                batch.Add(segment);
                if (batch.Count < PipelineStage.BatchSize) continue;
                yield return new(Topic, 0, batch);
                batch = new(PipelineStage.BatchSize);
            }
            if (burst + 1 < bursts * sampled / Samples) continue;
            sampled++;
            sample();
        }
        segmenter.Flush();
    }

    public Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation) => Task.CompletedTask;

    public Task RejectAsync(Segment segment, string fault, CancellationToken cancellation) =>
        throw new InvalidOperationException($"a simulated segment cannot be read: {fault}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int AddNext(Segmenter segmenter, byte[] frames, int position, ref CaptureReader capture, ulong device, long now)
    {
        ReadOnlySpan<byte> rest = frames.AsSpan(position);
        if (!capture.TryRead(ref rest, isFinal: true, out var frame))
        {
            capture = new();
            rest = frames;
            capture.TryRead(ref rest, isFinal: true, out frame);
        }
        // The source's address, in place: the capture is ours, and the next round writes it anew.
        var offset = frames.Length - rest.Length - frame.Bytes.Length;
        BinaryPrimitives.WriteUInt16BigEndian(frames.AsSpan(offset + 6), 0x021B);
        BinaryPrimitives.WriteUInt32BigEndian(frames.AsSpan(offset + 8), (uint)device);
        segmenter.Add(new Frame(now, frame.OriginalLength, frame.LinkType, 0, frame.Bytes));
        return frames.Length - rest.Length;
    }
}
