using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>Why a segment gave no sequence.</summary>
public enum SegmentFault : byte
{
    None,

    /// <summary>Nothing in it could be read as a frame or a row.</summary>
    Empty,

    /// <summary>It holds more frames or rows than a sequence has room for: it was not cut as segments are.</summary>
    TooLong,

    /// <summary>Its content belongs to another schema than the one asked for.</summary>
    OtherSchema,
}

/// <summary>What one segment held.</summary>
/// <param name="Frames">Frames, or rows of a dataset.</param>
/// <param name="DecodeFailures">Frames among them that broke a protocol's rules.</param>
/// <param name="FirstTimestamp">Nanoseconds since the Unix epoch; 0 where rows have none.</param>
/// <param name="LastTimestamp">The latest of the segment, which need not be its last frame's.</param>
/// <param name="Bytes">On the wire.</param>
/// <param name="Capture">What was wrong with the capture's own structure, if anything: frames before it count.</param>
public readonly record struct SegmentSummary(
    SegmentFault Fault, int Frames, int DecodeFailures, long FirstTimestamp, long LastTimestamp, long Bytes, CaptureFailure Capture);

/// <summary>Turns segments that hold a small capture into sequences of <c>window-v1</c>. Reused; allocates nothing per segment.</summary>
public sealed class SegmentFeatures
{
    private readonly WindowExtractor windows = new();
    private Packet packet;

    /// <summary>Appends one sequence to the batch, or none where the summary names a fault.</summary>
    /// <param name="capture">A pcap or pcapng file.</param>
    public SegmentSummary Extract(DeviceAddress device, ReadOnlySpan<byte> capture, SequenceBatch batch)
    {
        var (frames, failures, first, last, bytes) = (0, 0, 0L, 0L, 0L);
        var fault = SegmentFault.None;
        var reader = new CaptureReader();
        windows.Begin(device);
        batch.BeginSequence();
        while (reader.TryRead(ref capture, isFinal: true, out var frame))
        {
            if (frames == WindowExtractor.SegmentLength)
            {
                fault = SegmentFault.TooLong;
                break;
            }
            var failure = PacketDecoder.Decode(frame, ref packet);
            if (failure.IsFailure) failures++;
            if (frames++ == 0) first = last = frame.TimestampNanoseconds;
            last = Math.Max(last, frame.TimestampNanoseconds);
            bytes += packet.WireLength;
            if (windows.Add(packet, failure)) windows.Write(batch.AddStep());
        }
        if (frames == 0) fault = SegmentFault.Empty;
        if (fault != SegmentFault.None) batch.RemoveLast();
        else if (windows.Pending > 0) windows.Write(batch.AddStep());
        return new SegmentSummary(fault, frames, failures, first, last, bytes, reader.Failure);
    }
}
