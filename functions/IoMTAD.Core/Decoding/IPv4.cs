using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IoMTAD.Capture;

namespace IoMTAD.Decoding;

/// <summary>RFC 791 section 3.1.</summary>
internal static class IPv4
{
    private const int MinHeader = 20;

    public static DecodeFailure Decode(in Frame frame, int offset, ref Packet packet)
    {
        if (frame.Bytes.Length - offset < MinHeader) return Failure(DecodeReason.Truncated, offset);
        ref var ip = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Bytes), offset);
        var versionAndLength = Wire.U8(ref ip, 0);
        if (versionAndLength >> 4 != 4) return Failure(DecodeReason.BadVersion, offset);

        packet.Network = NetworkProtocol.IPv4;
        packet.TimeToLive = Wire.U8(ref ip, 8);
        packet.IpProtocol = Wire.U8(ref ip, 9);
        packet.SourceAddress = Wire.MappedIPv4(ref ip, 12);
        packet.DestinationAddress = Wire.MappedIPv4(ref ip, 16);

        var headerLength = (versionAndLength & 0xF) * 4;
        int totalLength = Wire.U16(ref ip, 2);
        var onWire = frame.OriginalLength - offset;
        // Captured before a network card cut it up, a packet has length 0: it reaches to the end of the frame.
        if (totalLength == 0) totalLength = onWire;
        packet.NetworkLength = totalLength;
        if (headerLength < MinHeader || totalLength < headerLength || totalLength > onWire) return Failure(DecodeReason.BadLength, offset);

        var fragment = Wire.U16(ref ip, 6);
        if ((fragment & 0x3FFF) != 0)
        {
            packet.IsFragment = true;
            packet.FragmentOffset = (ushort)((fragment & 0x1FFF) * 8);
        }
        return Transport.Decode(frame, offset + headerLength, offset + totalLength, ref packet);
    }

    private static DecodeFailure Failure(DecodeReason reason, int offset) => new(reason, DecodeLayer.Network, offset);
}
