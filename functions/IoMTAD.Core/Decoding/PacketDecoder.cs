using IoMTAD.Capture;

namespace IoMTAD.Decoding;

/// <summary>Decodes one frame from its link header up to the application's message types, allocating nothing.</summary>
public static class PacketDecoder
{
    /// <summary>Refills <paramref name="packet"/>. After a failure the fields read so far stay, the rest are zero.</summary>
    public static DecodeFailure Decode(in Frame frame, ref Packet packet)
    {
        packet = default;
        packet.TimestampNanoseconds = frame.TimestampNanoseconds;
        packet.WireLength = frame.OriginalLength;
        packet.CapturedLength = frame.Bytes.Length;

        var fault = LinkHeader.Read(frame, out var link);
        packet.SourceMac = link.SourceMac;
        packet.DestinationMac = link.DestinationMac;
        packet.EtherType = link.EtherType;
        packet.VlanId = link.VlanId;
        packet.VlanDepth = link.VlanDepth;
        if (fault != LinkFault.None) return Failure(fault, link.Length);

        return link.EtherType switch
        {
            EtherTypes.IPv4 => IPv4.Decode(frame, link.Length, ref packet),
            EtherTypes.IPv6 => IPv6.Decode(frame, link.Length, ref packet),
            EtherTypes.Arp => Arp.Decode(frame, link.Length, ref packet),
            _ => default,
        };
    }

    private static DecodeFailure Failure(LinkFault fault, int offset) => new(fault switch
    {
        LinkFault.TooManyTags => DecodeReason.TooDeep,
        LinkFault.UnknownLinkType => DecodeReason.UnknownLinkType,
        _ => DecodeReason.Truncated,
    }, DecodeLayer.Link, offset);
}
