using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>Turns segments that hold a small capture into sequences of <c>window-v1</c>. Reused; allocates nothing per segment.</summary>
public sealed class SegmentFeatures
{
    private const string TooLong = "capture: holds more than 100 frames, so it was not cut as segments are";

    private readonly WindowExtractor windows = new();
    private Packet packet;

    /// <summary>Appends one sequence to the batch; none where the summary's <c>Steps</c> is 0.</summary>
    /// <param name="capture">A pcap or pcapng file of at most <see cref="WindowExtractor.SegmentLength"/> frames.</param>
    public SegmentSummary Extract(DeviceAddress device, ReadOnlySpan<byte> capture, SequenceBatch batch)
    {
        var (frames, failures, windowsWritten, bytes, first, last) = (0, 0, 0, 0L, 0L, 0L);
        var reader = new CaptureReader();
        windows.Begin(device);
        batch.BeginSequence();
        while (reader.TryRead(ref capture, isFinal: true, out var frame))
        {
            if (frames == WindowExtractor.SegmentLength)
            {
                batch.RemoveLast();
                return new SegmentSummary(frames, failures, 0, bytes, first, last, TooLong);
            }
            var failure = PacketDecoder.Decode(frame, ref packet);
            if (failure.IsFailure) failures++;
            if (frames++ == 0) first = last = frame.TimestampNanoseconds;
            last = Math.Max(last, frame.TimestampNanoseconds);
            bytes += packet.WireLength;
            if (!windows.Add(packet, failure)) continue;
            windows.Write(batch.AddStep());
            windowsWritten++;
        }
        if (windows.Pending > 0)
        {
            windows.Write(batch.AddStep());
            windowsWritten++;
        }
        if (frames == 0) batch.RemoveLast();
        return new SegmentSummary(frames, failures, windowsWritten, bytes, first, last, Fault(reader.Failure, frames));
    }

    private static string? Fault(CaptureFailure failure, int frames) =>
        failure.IsFailure ? $"capture: {failure.Fault} at byte {failure.Offset}" : frames == 0 ? "capture: holds no frame" : null;
}
