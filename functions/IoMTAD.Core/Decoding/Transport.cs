using IoMTAD.Capture;
using IoMTAD.Decoding.Applications;

namespace IoMTAD.Decoding;

/// <summary>From the IP protocol number to the transport header behind it.</summary>
internal static class Transport
{
    /// <param name="offset">Of the transport header, in the frame.</param>
    /// <param name="end">End of the IP packet by its own length: beyond the captured bytes where snaplen cut the frame.</param>
    public static DecodeFailure Decode(in Frame frame, int offset, int end, ref Packet packet)
    {
        packet.PayloadLength = end - offset;
        if (packet.FragmentOffset > 0) return default;
        switch (packet.IpProtocol)
        {
            case IpProtocols.Tcp: return Tcp.Decode(frame, offset, end, ref packet);
            case IpProtocols.Udp: return Udp.Decode(frame, offset, end, ref packet);
            case IpProtocols.Icmp when packet.Network == NetworkProtocol.IPv4:
                return Icmp.Decode(frame, offset, end, TransportProtocol.Icmp, ref packet);
            case IpProtocols.IcmpV6 when packet.Network == NetworkProtocol.IPv6:
                return Icmp.Decode(frame, offset, end, TransportProtocol.IcmpV6, ref packet);
            case IpProtocols.Igmp: return Icmp.Decode(frame, offset, end, TransportProtocol.Igmp, ref packet);
            case IpProtocols.NoNextHeader: return default;
            default:
                packet.Transport = TransportProtocol.Other;
                return default;
        }
    }

    /// <summary>A header that its packet has no room for, or one that the capture cut off.</summary>
    public static DecodeFailure Missing(int offset, int end, int length, ref Packet packet)
    {
        packet.PayloadLength = 0;
        return new(end - offset < length ? DecodeReason.BadLength : DecodeReason.Truncated, DecodeLayer.Transport, offset);
    }

    /// <summary>Hands the payload on to the recognisers; without one there is nothing to recognise.</summary>
    public static DecodeFailure Finish(in Frame frame, int offset, int end, ref Packet packet)
    {
        packet.PayloadLength = end - offset;
        var captured = Math.Min(end, frame.Bytes.Length) - offset;
        if (captured > 0)
        {
            var isCut = captured < packet.PayloadLength || packet.IsFragment;
            var payload = new ApplicationPayload(frame.Bytes.Slice(offset, captured), packet.PayloadLength, isCut);
            ApplicationRecogniser.Read(payload, ref packet);
        }
        return default;
    }
}
