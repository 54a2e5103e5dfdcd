using IoMTAD.Decoding;

namespace IoMTAD.Features;

internal struct ProtocolFeatures
{
    private Counts transports;
    private int ip;
    private int ipv6;
    private int icmpErrors;
    private int fragments;
    private int undecodable;
    private int ttl;
    private int ttlSquares;

    public void Add(in Packet packet, DecodeFailure failure)
    {
        transports[(int)packet.Transport]++;
        if (failure.IsFailure) undecodable++;
        if (packet.Network is not (NetworkProtocol.IPv4 or NetworkProtocol.IPv6)) return;
        ip++;
        if (packet.Network == NetworkProtocol.IPv6) ipv6++;
        if (packet.IsFragment) fragments++;
        int hops = packet.TimeToLive;
        ttl += hops;
        ttlSquares += hops * hops;
        if (IsIcmpError(packet)) icmpErrors++;
    }

    /// <summary>
    /// RFC 792: unreachable, source quench, redirect, time exceeded, parameter problem; RFC 4443 section 2.1: types below 128.
    /// </summary>
    private static bool IsIcmpError(in Packet packet) => packet.Transport switch
    {
        TransportProtocol.Icmp => packet.IcmpType is 3 or 4 or 5 or 11 or 12,
        TransportProtocol.IcmpV6 => packet.IcmpType < 128,
        _ => false,
    };

    public readonly void Write(Span<float> vector, int packets)
    {
        float all = packets;
        vector[(int)WindowColumn.Ipv6Share] = ipv6 / all;
        vector[(int)WindowColumn.TcpShare] = transports[(int)TransportProtocol.Tcp] / all;
        vector[(int)WindowColumn.UdpShare] = transports[(int)TransportProtocol.Udp] / all;
        vector[(int)WindowColumn.IcmpShare] =
            (transports[(int)TransportProtocol.Icmp] + transports[(int)TransportProtocol.IcmpV6]) / all;
        vector[(int)WindowColumn.IcmpErrorShare] = icmpErrors / all;
        vector[(int)WindowColumn.IgmpShare] = transports[(int)TransportProtocol.Igmp] / all;
        vector[(int)WindowColumn.FragmentShare] = fragments / all;
        vector[(int)WindowColumn.UndecodableShare] = undecodable / all;
        vector[(int)WindowColumn.TtlMean] = ip == 0 ? 0 : (float)ttl / ip;
        vector[(int)WindowColumn.TtlStd] = ip == 0 ? 0 : (float)WindowMath.Std(ttl, ttlSquares, ip);
    }
}
