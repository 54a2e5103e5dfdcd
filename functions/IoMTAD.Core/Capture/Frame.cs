namespace IoMTAD.Capture;

/// <summary>One captured frame, a view into the capture's bytes: valid until the next one is read.</summary>
/// <param name="TimestampNanoseconds">Nanoseconds since the Unix epoch.</param>
/// <param name="OriginalLength">Bytes on the wire; at least <c>Bytes.Length</c> unless the frame was cut by snaplen.</param>
/// <param name="LinkType">What the first byte of <paramref name="Bytes"/> belongs to.</param>
/// <param name="Offset">Offset of the frame's record in the capture, in bytes.</param>
public readonly ref struct Frame(long TimestampNanoseconds, int OriginalLength, LinkType LinkType, long Offset, ReadOnlySpan<byte> Bytes)
{
    public long TimestampNanoseconds { get; } = TimestampNanoseconds;
    public int OriginalLength { get; } = OriginalLength;
    public LinkType LinkType { get; } = LinkType;
    public long Offset { get; } = Offset;
    public ReadOnlySpan<byte> Bytes { get; } = Bytes;
}
