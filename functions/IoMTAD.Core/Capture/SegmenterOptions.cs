namespace IoMTAD.Capture;

/// <summary>How segments are cut, and how much may wait while they fill.</summary>
public sealed record SegmenterOptions
{
    /// <summary>A segment closes when it holds this many frames.</summary>
    public int MaxFrames { get; init; } = 100;

    /// <summary>A segment closes when packet time has gone on this far since its first frame; nanoseconds.</summary>
    public long MaxNanoseconds { get; init; } = 1_000_000_000;

    /// <summary>
    /// Bytes kept of each frame. 512 is enough for all that the decoder reads at fixed places: the longest headers (two VLAN tags,
    /// 60 bytes each of IPv4 and TCP) leave 370; a DHCP message type stands near byte 243 of its payload, an HL7 acknowledgement
    /// code in the first 200. What it costs is the count of further messages in a long payload.
    /// <see cref="CaptureReader.MaxFrameLength"/> keeps whole frames.
    /// </summary>
    public int SnapLength { get; init; } = 512;

    /// <summary>
    /// Bytes that open segments may hold together: beyond, the oldest is closed early. It bounds what a flood from ever new addresses
    /// costs.
    /// </summary>
    public long MaxOpenBytes { get; init; } = 64 << 20;

    public static SegmenterOptions Default { get; } = new();
}
