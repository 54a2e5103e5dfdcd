using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IoMTAD.Capture;

namespace IoMTAD.Decoding;

/// <summary>ICMP (RFC 792), ICMPv6 (RFC 4443) and IGMP (RFC 3376): every message has at least eight bytes.</summary>
internal static class Icmp
{
    private const int HeaderLength = 8;

    public static DecodeFailure Decode(in Frame frame, int offset, int end, TransportProtocol protocol, ref Packet packet)
    {
        if (Math.Min(end, frame.Bytes.Length) - offset < HeaderLength) return Transport.Missing(offset, end, HeaderLength, ref packet);
        packet.Transport = protocol;
        packet.TransportHeaderLength = HeaderLength;
        packet.PayloadLength = end - offset - HeaderLength;
        if (protocol == TransportProtocol.Igmp) return default;
        ref var icmp = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Bytes), offset);
        packet.IcmpType = Wire.U8(ref icmp, 0);
        packet.IcmpCode = Wire.U8(ref icmp, 1);
        return default;
    }
}
