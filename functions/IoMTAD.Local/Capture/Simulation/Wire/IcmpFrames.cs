using System.Buffers.Binary;

namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>ICMP echo and port unreachable (RFC 792, RFC 1812 section 4.3.2.3).</summary>
internal static class IcmpFrames
{
    private const byte Protocol = 1;

    /// <summary>What Linux ping sends after its time stamp: 16 to 55, counting up.</summary>
    public static readonly byte[] PingData = [.. Enumerable.Range(0, 56).Select(i => (byte)i)];

    public static void Echo(
        Timeline timeline, long time, in Route route, bool reply, ushort identifier, ushort sequence,
        ReadOnlySpan<byte> data, ushort ipId = 0, bool dontFragment = true, byte code = 0)
    {
        var frame = EthernetFrames.RentIPv4(timeline, time, route, Protocol, 8 + data.Length, ipId, dontFragment);
        var icmp = frame[EthernetFrames.TransportOffset..];
        icmp[0] = reply ? (byte)0 : (byte)8;
        icmp[1] = code;
        BinaryPrimitives.WriteUInt16BigEndian(icmp[4..], identifier);
        BinaryPrimitives.WriteUInt16BigEndian(icmp[6..], sequence);
        data.CopyTo(icmp[8..]);
        Finish(icmp);
    }

    /// <summary>Answers a UDP datagram of <paramref name="payloadLength"/> bytes that came by <paramref name="received"/>.</summary>
    public static void PortUnreachable(
        Timeline timeline, long time, in Route received, byte ttl, int sourcePort, int destinationPort, int payloadLength)
    {
        const int Quoted = EthernetFrames.IpHeaderLength + 8;
        var frame = EthernetFrames.RentIPv4(timeline, time, received.Reverse(ttl), Protocol, 8 + Quoted, 0, dontFragment: false);
        var icmp = frame[EthernetFrames.TransportOffset..];
        icmp[..8].Clear();
        icmp[0] = 3;
        icmp[1] = 3;
        EthernetFrames.WriteIPv4(icmp[8..], received, UdpFrames.Protocol, 8 + payloadLength, 0, dontFragment: false);
        var udp = icmp[(8 + EthernetFrames.IpHeaderLength)..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], (ushort)destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(8 + payloadLength));
        udp[6..8].Clear(); // the quoted datagram had no checksum: RFC 768 allows that
        Finish(icmp);
    }

    private static void Finish(Span<byte> icmp)
    {
        icmp[2..4].Clear();
        Checksum.Store(icmp[2..], Checksum.Fold(Checksum.Sum(icmp)));
    }
}
