using System.Buffers.Binary;

namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>UDP datagrams (RFC 768).</summary>
internal static class UdpFrames
{
    public const byte Protocol = 17;
    private const int HeaderLength = 8;

    public static void Send(Timeline timeline, long time, Host from, Host to, int sourcePort, int destinationPort,
        ReadOnlySpan<byte> payload) =>
        Send(timeline, time, Route.Between(from, to), sourcePort, destinationPort, payload, from.NextIpId(), from.Stack.DontFragment);

    public static void Send(
        Timeline timeline, long time, in Route route, int sourcePort, int destinationPort, ReadOnlySpan<byte> payload,
        ushort ipId, bool dontFragment)
    {
        var length = HeaderLength + payload.Length;
        var frame = EthernetFrames.RentIPv4(timeline, time, route, Protocol, length, ipId, dontFragment);
        var udp = frame[EthernetFrames.TransportOffset..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], (ushort)destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(udp[4..], (uint)length << 16);
        payload.CopyTo(udp[HeaderLength..]);
        var sum = Checksum.PseudoHeader(frame[EthernetFrames.HeaderLength..], Protocol, length) + Checksum.Sum(udp);
        var checksum = Checksum.Fold(sum);
        Checksum.Store(udp[6..], checksum == 0 ? (ushort)0xFFFF : checksum);
    }
}
