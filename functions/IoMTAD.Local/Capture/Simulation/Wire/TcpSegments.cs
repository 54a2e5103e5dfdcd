using System.Buffers.Binary;

namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>TCP segments, whole in one frame.</summary>
internal static class TcpSegments
{
    public const byte Protocol = 6;
    public const int HeaderLength = 20;
    public const int Fin = 0x01, Syn = 0x02, Rst = 0x04, Psh = 0x08, Ack = 0x10, Urg = 0x20, Ece = 0x40, Cwr = 0x80;

    public static void Send(
        Timeline timeline, long time, in Route route, in TcpSegment segment, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload)
    {
        var header = HeaderLength + options.Length;
        var length = header + payload.Length;
        var frame = EthernetFrames.RentIPv4(timeline, time, route, Protocol, length, segment.IpId, segment.DontFragment);
        var tcp = frame[EthernetFrames.TransportOffset..];
        BinaryPrimitives.WriteUInt32BigEndian(tcp, (uint)segment.SourcePort << 16 | (ushort)segment.DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], segment.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], segment.Acknowledgment);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[12..], (uint)header << 26 | (uint)segment.Flags << 16 | segment.Window);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[16..], segment.Urgent);
        options.CopyTo(tcp[HeaderLength..]);
        payload.CopyTo(tcp[header..]);
        var sum = Checksum.PseudoHeader(frame[EthernetFrames.HeaderLength..], Protocol, length) + Checksum.Sum(tcp);
        Checksum.Store(tcp[16..], Checksum.Fold(sum));
    }
}
