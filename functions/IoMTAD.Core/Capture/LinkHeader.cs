using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoMTAD.Capture;

internal enum LinkFault : byte { None, Truncated, TooManyTags, UnknownLinkType }

/// <summary>The link layer's header with its VLAN tags: all that stands before the network layer.</summary>
/// <param name="EtherType">After all tags; 0 for an IEEE 802.3 length field.</param>
/// <param name="Length">Bytes before the network header; where reading failed, of the part that could be read.</param>
internal record struct LinkHeader(ulong SourceMac, ulong DestinationMac, ushort EtherType, ushort VlanId, byte VlanDepth, int Length)
{
    private const int MaxTags = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LinkFault Read(in Frame frame, out LinkHeader header)
    {
        var bytes = frame.Bytes;
        if (frame.LinkType != LinkType.Ethernet || bytes.Length < 14) return ReadOther(frame, out header);
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var etherType = Wire.U16(ref first, 12);
        header = new LinkHeader(Wire.U48(ref first, 6), Wire.U48(ref first, 0), etherType, 0, 0, 14);
        if (etherType is EtherTypes.IPv4 or EtherTypes.IPv6 or EtherTypes.Arp) return LinkFault.None;
        return header.ReadTags(bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LinkFault ReadOther(in Frame frame, out LinkHeader header)
    {
        header = default;
        var bytes = frame.Bytes;
        switch (frame.LinkType)
        {
            case LinkType.IPv4:
                header.EtherType = EtherTypes.IPv4;
                return LinkFault.None;
            case LinkType.IPv6:
                header.EtherType = EtherTypes.IPv6;
                return LinkFault.None;
            case LinkType.RawIp:
                if (bytes.IsEmpty) return LinkFault.Truncated;
                header.EtherType = bytes[0] >> 4 == 6 ? EtherTypes.IPv6 : EtherTypes.IPv4;
                return LinkFault.None;
            case LinkType.LinuxCooked:
                return header.ReadCooked(bytes, length: 16, protocol: 14, addressLength: 5, address: 6);
            case LinkType.LinuxCooked2:
                return header.ReadCooked(bytes, length: 20, protocol: 0, addressLength: 11, address: 12);
            case LinkType.Null or LinkType.Loop:
                return header.ReadNull(bytes);
            case LinkType.Ethernet:
                return LinkFault.Truncated;
            default:
                return LinkFault.UnknownLinkType;
        }
    }

    /// <summary>LINKTYPE_LINUX_SLL and _SLL2: the sender's address alone, and that only where it has six bytes.</summary>
    private LinkFault ReadCooked(ReadOnlySpan<byte> bytes, int length, int protocol, int addressLength, int address)
    {
        if (bytes.Length < length) return LinkFault.Truncated;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        // In version 1 the length's low byte is the second of two.
        if (bytes[addressLength] == 6) SourceMac = Wire.U48(ref first, address);
        EtherType = Wire.U16(ref first, protocol);
        Length = length;
        return ReadTags(bytes);
    }

    /// <summary>LINKTYPE_NULL and _LOOP: an address family in the byte order of the capturing machine; IPv6 has a number per BSD.</summary>
    private LinkFault ReadNull(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4) return LinkFault.Truncated;
        var family = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (family > 0xFFFF) family = BinaryPrimitives.ReverseEndianness(family);
        EtherType = family switch { 2 => EtherTypes.IPv4, 24 or 28 or 30 => EtherTypes.IPv6, _ => 0 };
        Length = 4;
        return LinkFault.None;
    }

    /// <summary>IEEE 802.1Q tags, one inside the other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private LinkFault ReadTags(ReadOnlySpan<byte> bytes)
    {
        while (EtherType is EtherTypes.Vlan or EtherTypes.ServiceVlan or EtherTypes.OldServiceVlan)
        {
            if (VlanDepth == MaxTags) return LinkFault.TooManyTags;
            if (bytes.Length - Length < 4) return LinkFault.Truncated;
            ref var tag = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), Length);
            VlanId = (ushort)(Wire.U16(ref tag, 0) & 0xFFF);
            EtherType = Wire.U16(ref tag, 2);
            VlanDepth++;
            Length += 4;
        }
        if (EtherType < EtherTypes.First) EtherType = 0;
        return LinkFault.None;
    }
}
