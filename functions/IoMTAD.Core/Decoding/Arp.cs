using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IoMTAD.Capture;

namespace IoMTAD.Decoding;

/// <summary>RFC 826: who has an address, and who claims it.</summary>
internal static class Arp
{
    private const int Length = 28;

    /// <summary>Hardware type Ethernet, protocol IPv4, addresses of six and four bytes: the first six bytes of the header.</summary>
    private const ulong EthernetIPv4 = 0x0001_0800_06_04;

    public static DecodeFailure Decode(in Frame frame, int offset, ref Packet packet)
    {
        packet.Network = NetworkProtocol.Arp;
        if (frame.Bytes.Length - offset < 8) return new(DecodeReason.Truncated, DecodeLayer.Network, offset);
        ref var arp = ref Unsafe.Add(ref MemoryMarshal.GetReference(frame.Bytes), offset);
        packet.ArpOperation = Wire.U16(ref arp, 6);
        if (Wire.U48(ref arp, 0) != EthernetIPv4)
        {
            // Other hardware has addresses of other lengths, which the packet has no room for.
            packet.NetworkLength = 8 + 2 * (Wire.U8(ref arp, 4) + Wire.U8(ref arp, 5));
            return packet.NetworkLength > frame.OriginalLength - offset
                ? new(DecodeReason.BadLength, DecodeLayer.Network, offset) : default;
        }
        packet.NetworkLength = Length;
        if (frame.Bytes.Length - offset < Length) return new(DecodeReason.Truncated, DecodeLayer.Network, offset);
        packet.ArpSenderMac = Wire.U48(ref arp, 8);
        packet.SourceAddress = Wire.MappedIPv4(ref arp, 14);
        packet.ArpTargetMac = Wire.U48(ref arp, 18);
        packet.DestinationAddress = Wire.MappedIPv4(ref arp, 24);
        return default;
    }
}
