using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>A packet as the dataset's extractors see it: they read captures with the Python library dpkt.</summary>
/// <remarks>
/// Only untagged Ethernet frames with EtherType IPv4 or ARP enter. An IPv4 header that dpkt cannot read would have ended the
/// extraction there; such frames are passed over here.
/// </remarks>
internal readonly ref struct DpktView(in Packet packet)
{
    private const ushort ArpEtherType = 0x0806;
    private const int EthernetHeader = 14;

    private readonly ref readonly Packet packet = ref packet;

    public static bool Enters(LinkType link, in Packet packet) =>
        link == LinkType.Ethernet && packet.VlanDepth == 0
        && (packet.Network == NetworkProtocol.IPv4 || packet.EtherType == ArpEtherType);

    public bool IsArp => packet.EtherType == ArpEtherType;

    /// <summary>Later fragments have no transport header; a TCP header with an impossible length is not taken for one.</summary>
    public bool IsTcp => packet.Transport == TransportProtocol.Tcp && packet.TransportHeaderLength > 0;

    public bool IsUdp => packet.Transport == TransportProtocol.Udp;

    /// <summary>Seconds since the Unix epoch in double precision, with the rounding that has at today's dates.</summary>
    public double Time => packet.TimestampNanoseconds / 1_000_000_000 + packet.TimestampNanoseconds % 1_000_000_000 / 1e9;

    /// <summary>
    /// Length after dpkt has parsed and measured the frame again: padding behind an IP packet is lost, behind ARP it is kept.
    /// </summary>
    public int ParsedLength => IsArp
        ? packet.CapturedLength
        : Math.Min(packet.CapturedLength, EthernetHeader + packet.NetworkLength);

    public double Flag(TcpFlags flag) => IsTcp && packet.HasTcp(flag) ? 1 : 0;

    public double TcpPort(int port) => IsTcp && HasPort(port) ? 1 : 0;

    public double UdpPort(int port) => IsUdp && HasPort(port) ? 1 : 0;

    public double Protocol(int number) => !IsArp && packet.IpProtocol == number ? 1 : 0;

    private bool HasPort(int port) => packet.SourcePort == port || packet.DestinationPort == port;
}
