using System.Buffers;

namespace IoMTAD.Capture;

/// <summary>A segment that is still filling: its pcap bytes in a rented buffer. Reused from one segment to the next.</summary>
internal sealed class OpenSegment : IBufferWriter<byte>
{
    private const int FirstBuffer = 1024, KeptBuffer = 4096;

    private byte[] buffer = [];
    private int length;
    private long firstTimestamp;
    private LinkType linkType;

    public DeviceAddress Device { get; private set; }

    /// <summary>The packet clock when the first frame came: that frame's own time unless it came late.</summary>
    public long OpenedAt { get; private set; }

    public int Frames { get; private set; }

    /// <summary>What the buffer takes, whether filled or not.</summary>
    public int HeldBytes => buffer.Length;

    public OpenSegment? Older { get; set; }
    public OpenSegment? Newer { get; set; }

    /// <summary>Starts a segment at this frame, without taking it in yet.</summary>
    public void Begin(DeviceAddress device, in Frame frame, long clock, int snapLength)
    {
        Device = device;
        OpenedAt = clock;
        firstTimestamp = frame.TimestampNanoseconds;
        linkType = frame.LinkType;
        PcapWriter.WriteHeader(this, linkType, snapLength);
    }

    /// <summary>One segment spans less than its time in either direction, and has one link type.</summary>
    public bool Takes(in Frame frame, long maxNanoseconds)
    {
        var elapsed = frame.TimestampNanoseconds - firstTimestamp;
        return elapsed < maxNanoseconds && elapsed > -maxNanoseconds && frame.LinkType == linkType;
    }

    /// <returns>By how much the held bytes grew.</returns>
    public int Append(in Frame frame, int snapLength)
    {
        var before = HeldBytes;
        PcapWriter.WriteFrame(this, frame, snapLength);
        Frames++;
        return HeldBytes - before;
    }

    public Segment ToSegment(TrafficPosition position)
    {
        // Every byte is overwritten at once: no need to clear them.
        var value = GC.AllocateUninitializedArray<byte>(length);
        buffer.AsSpan(0, length).CopyTo(value);
        return new(Device.ToString(), SegmentContent.Pcap, position, value);
    }

    /// <summary>Makes it ready for another device. It keeps a small buffer, since the next segment will need one just as soon.</summary>
    public void Clear()
    {
        if (buffer.Length > KeptBuffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
        length = 0;
        Frames = 0;
        Older = Newer = null;
    }

    public void Advance(int count) => length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (buffer.Length - length < sizeHint) Grow(sizeHint);
        return buffer.AsSpan(length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (buffer.Length - length < sizeHint) Grow(sizeHint);
        return buffer.AsMemory(length);
    }

    private void Grow(int sizeHint)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, Math.Max(length + sizeHint, buffer.Length * 2)));
        buffer.AsSpan(0, length).CopyTo(larger);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
