using System.Buffers.Binary;

namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>Ethernet II and IPv4 headers (IEEE 802.3, RFC 791).</summary>
internal static class EthernetFrames
{
    public const int HeaderLength = 14;
    public const int IpHeaderLength = 20;
    public const int TransportOffset = HeaderLength + IpHeaderLength;
    public const ulong Broadcast = 0xFFFF_FFFF_FFFF;

    public static void WriteEthernet(Span<byte> frame, ulong source, ulong destination, ushort etherType)
    {
        BinaryPrimitives.WriteUInt64BigEndian(frame, destination << 16 | source >> 32);
        BinaryPrimitives.WriteUInt32BigEndian(frame[8..], (uint)source);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], etherType);
    }

    /// <summary>
    /// Rents a frame for an IPv4 datagram and writes both headers; the caller writes from <see cref="TransportOffset"/> on.
    /// </summary>
    public static Span<byte> RentIPv4(
        Timeline timeline, long time, in Route route, byte protocol, int transportLength, ushort id, bool dontFragment)
    {
        var frame = timeline.Rent(time, TransportOffset + transportLength);
        WriteEthernet(frame, route.SourceMac, route.DestinationMac, 0x0800);
        WriteIPv4(frame[HeaderLength..], route, protocol, transportLength, id, dontFragment);
        return frame;
    }

    public static void WriteIPv4(Span<byte> ip, in Route route, byte protocol, int transportLength, ushort id, bool dontFragment)
    {
        BinaryPrimitives.WriteUInt32BigEndian(ip, 0x4500_0000u | (uint)(IpHeaderLength + transportLength));
        BinaryPrimitives.WriteUInt32BigEndian(ip[4..], (uint)id << 16 | (dontFragment ? 0x4000u : 0));
        BinaryPrimitives.WriteUInt32BigEndian(ip[8..], (uint)route.Ttl << 24 | (uint)protocol << 16);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], route.SourceIp);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], route.DestinationIp);
        Checksum.Store(ip[10..], Checksum.Fold(Checksum.Sum(ip[..IpHeaderLength])));
    }
}
