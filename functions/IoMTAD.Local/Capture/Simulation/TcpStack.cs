namespace IoMTAD.Local.Capture.Simulation;

/// <summary>How an operating system's TCP/IP stack shows itself on the wire.</summary>
/// <param name="WindowScale">RFC 7323 shift; 0 where the option is not offered.</param>
/// <param name="SynOptions">TCP options of its SYN, padded to whole words.</param>
/// <param name="DelayedAck">How long a lone segment waits for its acknowledgment, in nanoseconds.</param>
internal sealed record TcpStack(byte Ttl, ushort Window, byte WindowScale, bool DontFragment, long DelayedAck, byte[] SynOptions)
{
    /// <summary>Maximum segment size 1460 and nothing else.</summary>
    public static ReadOnlySpan<byte> SegmentSizeOnly => [2, 4, 0x05, 0xB4];

    public static TcpStack Linux { get; } =
        new(64, 64_240, 7, DontFragment: true, 40 * Nano.Millisecond, [2, 4, 0x05, 0xB4, 1, 1, 4, 2, 1, 3, 3, 7]);

    public static TcpStack Windows { get; } =
        new(128, 64_240, 8, DontFragment: true, 50 * Nano.Millisecond, [2, 4, 0x05, 0xB4, 1, 3, 3, 8, 1, 1, 4, 2]);

    /// <summary>lwIP and its like on small devices: no scaling, no selective acknowledgment.</summary>
    public static TcpStack Embedded { get; } =
        new(255, 5_840, 0, DontFragment: false, 100 * Nano.Millisecond, [2, 4, 0x05, 0xB4]);
}
