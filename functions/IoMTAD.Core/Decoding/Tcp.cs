using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IoMTAD.Capture;

namespace IoMTAD.Decoding;

/// <summary>RFC 9293 section 3.1.</summary>
internal static class Tcp
{
    private const int MinHeader = 20;

    public static DecodeFailure Decode(in Frame frame, int offset, int end, ref Packet packet)
    {
        if (Math.Min(end, frame.Bytes.Length) - offset < MinHeader) return Transport.Missing(offset, end, MinHeader, ref packet);
        ref var tcp = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Bytes), offset);
        packet.Transport = TransportProtocol.Tcp;
        packet.SourcePort = Wire.U16(ref tcp, 0);
        packet.DestinationPort = Wire.U16(ref tcp, 2);
        packet.TcpSequence = Wire.U32(ref tcp, 4);
        packet.TcpAcknowledgment = Wire.U32(ref tcp, 8);
        packet.TcpFlags = (TcpFlags)Wire.U8(ref tcp, 13);
        packet.TcpWindow = Wire.U16(ref tcp, 14);

        var headerLength = (Wire.U8(ref tcp, 12) >> 4) * 4;
        if (headerLength < MinHeader || headerLength > end - offset)
        {
            packet.PayloadLength = 0;
            return new(DecodeReason.BadLength, DecodeLayer.Transport, offset);
        }
        packet.TransportHeaderLength = (byte)headerLength;
        return Transport.Finish(frame, offset + headerLength, end, ref packet);
    }
}
