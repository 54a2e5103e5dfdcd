using System.Buffers;
using IoMTAD.Capture;

namespace IoMTAD.Core.Tests.Capture;

/// <summary>A frame with bytes of its own, as tests keep it.</summary>
internal sealed record StoredFrame(long Timestamp, byte[] Bytes, int WireLength, LinkType LinkType = LinkType.Ethernet)
{
    public Frame Frame => new(Timestamp, WireLength, LinkType, 0, Bytes);

    public bool Same(StoredFrame other) =>
        Timestamp == other.Timestamp && WireLength == other.WireLength && LinkType == other.LinkType
        && Bytes.AsSpan().SequenceEqual(other.Bytes);
}

internal static class Captures
{
    public static byte[] Write(IEnumerable<StoredFrame> frames, LinkType linkType = LinkType.Ethernet)
    {
        var output = new ArrayBufferWriter<byte>();
        PcapWriter.WriteHeader(output, linkType);
        foreach (var frame in frames) PcapWriter.WriteFrame(output, frame.Frame);
        return output.WrittenSpan.ToArray();
    }

    public static (List<StoredFrame> Frames, CaptureFailure Failure) Read(ReadOnlySpan<byte> capture)
    {
        var frames = new List<StoredFrame>();
        var reader = new CaptureReader();
        while (reader.TryRead(ref capture, isFinal: true, out var frame)) frames.Add(Store(frame));
        return (frames, reader.Failure);
    }

    /// <summary>The same, fed chunk by chunk as from a stream.</summary>
    public static (List<StoredFrame> Frames, CaptureFailure Failure) Read(ReadOnlySpan<byte> capture, int chunk)
    {
        var frames = new List<StoredFrame>();
        var reader = new CaptureReader();
        byte[] kept = [];
        while (true)
        {
            var taken = Math.Min(chunk, capture.Length);
            var isFinal = taken == capture.Length;
            ReadOnlySpan<byte> buffer = kept = [.. kept, .. capture[..taken]];
            capture = capture[taken..];
            while (reader.TryRead(ref buffer, isFinal, out var frame)) frames.Add(Store(frame));
            if (isFinal) return (frames, reader.Failure);
            kept = buffer.ToArray();
        }
    }

    private static StoredFrame Store(in Frame frame) =>
        new(frame.TimestampNanoseconds, frame.Bytes.ToArray(), frame.OriginalLength, frame.LinkType);
}
