using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IoMTAD.Capture;

namespace IoMTAD.Decoding;

/// <summary>RFC 8200 sections 3 and 4: the header and the chain of extension headers behind it.</summary>
internal static class IPv6
{
    private const int HeaderLength = 40;
    private const int MaxExtensions = 8;

    public static DecodeFailure Decode(in Frame frame, int offset, ref Packet packet)
    {
        if (frame.Bytes.Length - offset < HeaderLength) return Failure(DecodeReason.Truncated, offset);
        ref var ip = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Bytes), offset);
        if (Wire.U8(ref ip, 0) >> 4 != 6) return Failure(DecodeReason.BadVersion, offset);

        packet.Network = NetworkProtocol.IPv6;
        packet.TimeToLive = Wire.U8(ref ip, 7);
        packet.IpProtocol = Wire.U8(ref ip, 6);
        packet.SourceAddress = Wire.U128(ref ip, 8);
        packet.DestinationAddress = Wire.U128(ref ip, 24);

        int payloadLength = Wire.U16(ref ip, 4);
        var onWire = frame.OriginalLength - offset;
        // Zero stands for a jumbogram (RFC 2675), or for a packet captured before a network card cut it up.
        if (payloadLength == 0 && packet.IpProtocol != IpProtocols.NoNextHeader) payloadLength = Math.Max(0, onWire - HeaderLength);
        packet.NetworkLength = HeaderLength + payloadLength;
        if (packet.NetworkLength > onWire) return Failure(DecodeReason.BadLength, offset);

        var end = offset + packet.NetworkLength;
        return IsExtension(packet.IpProtocol)
            ? DecodeExtensions(frame, offset + HeaderLength, end, ref packet)
            : Transport.Decode(frame, offset + HeaderLength, end, ref packet);
    }

    private static bool IsExtension(byte protocol) => protocol is IpProtocols.HopByHop or IpProtocols.Routing or IpProtocols.Fragment
        or IpProtocols.AuthenticationHeader or IpProtocols.DestinationOptions or IpProtocols.Mobility;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DecodeFailure DecodeExtensions(in Frame frame, int offset, int end, ref Packet packet)
    {
        var protocol = packet.IpProtocol;
        for (var depth = 0; IsExtension(protocol); depth++)
        {
            if (depth == MaxExtensions) return Failure(DecodeReason.TooDeep, offset);
            if (end - offset < 8) return Failure(DecodeReason.BadLength, offset);
            if (frame.Bytes.Length - offset < 8) return Failure(DecodeReason.Truncated, offset);
            ref var extension = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Bytes), offset);
            int units = Wire.U8(ref extension, 1);
            var length = protocol switch
            {
                IpProtocols.Fragment => 8,
                IpProtocols.AuthenticationHeader => (units + 2) * 4, // RFC 4302 section 2.2
                _ => (units + 1) * 8,
            };
            if (length > end - offset) return Failure(DecodeReason.BadLength, offset);
            if (protocol == IpProtocols.Fragment)
            {
                // An atomic fragment (RFC 6946) is the whole packet.
                var fragment = Wire.U16(ref extension, 2);
                packet.IsFragment = (fragment & 0xFFF9) != 0;
                packet.FragmentOffset = (ushort)(fragment & 0xFFF8);
            }
            protocol = packet.IpProtocol = Wire.U8(ref extension, 0);
            offset += length;
            // What follows the header of a later fragment is data.
            if (packet.FragmentOffset > 0) break;
        }
        return Transport.Decode(frame, offset, end, ref packet);
    }

    private static DecodeFailure Failure(DecodeReason reason, int offset) => new(reason, DecodeLayer.Network, offset);
}
