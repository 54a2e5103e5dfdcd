using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IoMTAD.Capture;

namespace IoMTAD.Decoding;

/// <summary>RFC 768.</summary>
internal static class Udp
{
    private const int HeaderLength = 8;

    public static DecodeFailure Decode(in Frame frame, int offset, int end, ref Packet packet)
    {
        if (Math.Min(end, frame.Bytes.Length) - offset < HeaderLength) return Transport.Missing(offset, end, HeaderLength, ref packet);
        ref var udp = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Bytes), offset);
        packet.Transport = TransportProtocol.Udp;
        packet.SourcePort = Wire.U16(ref udp, 0);
        packet.DestinationPort = Wire.U16(ref udp, 2);
        packet.TransportHeaderLength = HeaderLength;
        packet.PayloadLength = end - offset - HeaderLength;

        int length = Wire.U16(ref udp, 4);
        // Zero: longer than the field can say (RFC 2675). A first fragment has the length of the whole datagram.
        if (length == 0) length = end - offset;
        if (length < HeaderLength || (length > end - offset && !packet.IsFragment))
            return new(DecodeReason.BadLength, DecodeLayer.Transport, offset);
        return Transport.Finish(frame, offset + HeaderLength, Math.Min(end, offset + length), ref packet);
    }
}
