namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>The fields of one TCP header (RFC 9293 section 3.1) and of the IPv4 header that varies with it.</summary>
internal readonly record struct TcpSegment
{
    public int SourcePort { get; init; }
    public int DestinationPort { get; init; }
    public uint Sequence { get; init; }
    public uint Acknowledgment { get; init; }
    public int Flags { get; init; }
    public ushort Window { get; init; }
    public ushort Urgent { get; init; }
    public ushort IpId { get; init; }
    public bool DontFragment { get; init; }
}
