using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Core.Tests.Decoding;

public sealed class NetworkTests
{
    private static UInt128 Ip(string text) =>
        DeviceAddress.TryParse(text, out var address) ? address.Value : throw new FormatException(text);

    [Fact]
    public void Ethernet_padding_is_no_payload()
    {
        var frame = Build.Ethernet(Build.IPv4(Build.Udp(5000, 6000, [1, 2, 3]), 17, ttl: 63));
        var packet = Decode.Sound(frame);
        Assert.Equal(60, packet.WireLength);
        Assert.Equal(Build.MonitorMac, packet.SourceMac);
        Assert.Equal(Build.GatewayMac, packet.DestinationMac);
        Assert.Equal(NetworkProtocol.IPv4, packet.Network);
        Assert.Equal(31, packet.NetworkLength);
        Assert.Equal(63, packet.TimeToLive);
        Assert.Equal(Ip("10.0.0.1"), packet.SourceAddress);
        Assert.Equal(Ip("10.0.0.254"), packet.DestinationAddress);
        Assert.Equal(TransportProtocol.Udp, packet.Transport);
        Assert.Equal(8, packet.TransportHeaderLength);
        Assert.Equal(3, packet.PayloadLength);
        Assert.Equal(0, packet.VlanId);
        Assert.Equal(ApplicationProtocol.None, packet.Application);
    }

    [Fact]
    public void The_innermost_of_stacked_vlan_tags_counts()
    {
        var frame = Build.Ethernet(Build.IPv4(Build.Icmp(8, 0), 1), tags: [(0x88A8, 100), (0x8100, 0xE007)]);
        var packet = Decode.Sound(frame);
        Assert.Equal(2, packet.VlanDepth);
        Assert.Equal(7, packet.VlanId);
        Assert.Equal(0x0800, packet.EtherType);
        Assert.Equal(TransportProtocol.Icmp, packet.Transport);
        Assert.Equal(8, packet.IcmpType);
    }

    [Fact]
    public void Endless_vlan_tags_are_a_failure()
    {
        var tags = Enumerable.Repeat((0x8100, 1), 20).ToArray();
        var (_, failure) = Decode.Any(Build.Ethernet(Build.IPv4([], 1), tags: tags));
        Assert.Equal(new DecodeFailure(DecodeReason.TooDeep, DecodeLayer.Link, 14 + 8 * 4), failure);
    }

    [Fact]
    public void An_ieee_802_3_length_is_no_ether_type()
    {
        var packet = Decode.Sound(Build.Ethernet(Build.Hex("42 42 03 00 00 00 00 00"), etherType: 8));
        Assert.Equal(0, packet.EtherType);
        Assert.Equal(NetworkProtocol.Other, packet.Network);
    }

    [Fact]
    public void Arp_names_sender_and_target()
    {
        var packet = Decode.Sound(Build.Ethernet(Build.Arp(2, 0x0A, "10.0.0.7", 0x0B, "10.0.0.8"), etherType: 0x0806));
        Assert.Equal(NetworkProtocol.Arp, packet.Network);
        Assert.Equal(2, packet.ArpOperation);
        Assert.Equal(0x0AUL, packet.ArpSenderMac);
        Assert.Equal(0x0BUL, packet.ArpTargetMac);
        Assert.Equal(Ip("10.0.0.7"), packet.SourceAddress);
        Assert.Equal(Ip("10.0.0.8"), packet.DestinationAddress);
        Assert.Equal(28, packet.NetworkLength);
        Assert.False(packet.IsArpGratuitous);
    }

    [Fact]
    public void IPv4_options_are_passed_over()
    {
        var packet = Decode.Sound(Build.Ethernet(Build.IPv4(Build.Tcp(1, 2, TcpFlags.Syn), 6, options: [0x94, 4, 0, 0])));
        Assert.Equal(44, packet.NetworkLength);
        Assert.Equal(TcpFlags.Syn, packet.TcpFlags);
    }

    [Theory]
    [InlineData(0x2000, true, 0, TransportProtocol.Udp)]
    [InlineData(0x00B9, true, 1480, TransportProtocol.None)]
    [InlineData(0x4000, false, 0, TransportProtocol.Udp)]
    public void Only_the_first_fragment_has_a_transport_header(int field, bool isFragment, int offset, TransportProtocol transport)
    {
        var packet = Decode.Sound(Build.Ethernet(Build.IPv4(Build.Udp(5, 6, new byte[40]), 17, fragment: field)));
        Assert.Equal(isFragment, packet.IsFragment);
        Assert.Equal(offset, packet.FragmentOffset);
        Assert.Equal(transport, packet.Transport);
        Assert.Equal(17, packet.IpProtocol);
        Assert.Equal(transport == TransportProtocol.Udp ? 40 : 48, packet.PayloadLength);
    }

    [Fact]
    public void IPv6_extension_headers_lead_to_the_upper_layer()
    {
        var inner = Build.Join(
            Build.Hex("2B 00 0502 0000 0000"), // hop-by-hop
            Build.Hex("3C 00 0000 0000 0000"), // routing
            Build.Hex("33 00 0000 0000 0000"), // destination options
            Build.Hex("2C 01 0000 00000001 00000001"), // authentication header of 12 bytes
            Build.Hex("11 00 0001 00000001"), // fragment, the first
            Build.Udp(5, 6, [1, 2]));
        var packet = Decode.Sound(Build.Ethernet(Build.IPv6(inner, 0)));
        Assert.Equal(NetworkProtocol.IPv6, packet.Network);
        Assert.Equal(17, packet.IpProtocol);
        Assert.True(packet.IsFragment);
        Assert.Equal(TransportProtocol.Udp, packet.Transport);
        Assert.Equal(2, packet.PayloadLength);
        Assert.Equal(Ip("fd00::1"), packet.SourceAddress);
        Assert.Equal(40 + inner.Length, packet.NetworkLength);
    }

    [Fact]
    public void An_endless_chain_of_extension_headers_is_a_failure()
    {
        var inner = Build.Join([.. Enumerable.Repeat(Build.Hex("3C 00 0000 0000 0000"), 30)]);
        var (packet, failure) = Decode.Any(Build.Ethernet(Build.IPv6(inner, 60)));
        Assert.Equal(new DecodeFailure(DecodeReason.TooDeep, DecodeLayer.Network, 14 + 40 + 8 * 8), failure);
        Assert.Equal(64, packet.TimeToLive);
    }

    [Theory]
    [InlineData(LinkType.RawIp, "")]
    [InlineData(LinkType.IPv4, "")]
    [InlineData(LinkType.Null, "02000000")]
    [InlineData(LinkType.Loop, "00000002")]
    [InlineData(LinkType.LinuxCooked, "0000 0001 0006 020000000001 0000 0800")]
    [InlineData(LinkType.LinuxCooked2, "0800 0000 00000003 0001 00 06 020000000001 0000")]
    public void Every_link_type_leads_to_the_same_packet(LinkType link, string header)
    {
        var packet = Decode.Sound(Build.Join(Build.Hex(header), Build.IPv4(Build.Udp(5, 6, [1]), 17)), link);
        Assert.Equal(NetworkProtocol.IPv4, packet.Network);
        Assert.Equal(1, packet.PayloadLength);
        Assert.Equal(link is LinkType.LinuxCooked or LinkType.LinuxCooked2 ? Build.MonitorMac : 0, packet.SourceMac);
    }

    [Fact]
    public void An_unknown_link_type_is_a_failure()
    {
        var (_, failure) = Decode.Any([1, 2, 3], (LinkType)147);
        Assert.Equal(DecodeReason.UnknownLinkType, failure.Reason);
    }

    [Fact]
    public void A_version_that_the_ether_type_denies_is_a_failure()
    {
        var (packet, failure) = Decode.Any(Build.Ethernet(Build.IPv6([], 59), etherType: 0x0800));
        Assert.Equal(new DecodeFailure(DecodeReason.BadVersion, DecodeLayer.Network, 14), failure);
        Assert.Equal(NetworkProtocol.Other, packet.Network);
    }

    [Fact]
    public void A_total_length_beyond_the_frame_is_a_failure_that_keeps_the_addresses()
    {
        var ip = Build.IPv4(Build.Udp(5, 6, new byte[40]), 17);
        ip[3] = 255;
        var (packet, failure) = Decode.Any(Build.Ethernet(ip));
        Assert.Equal(new DecodeFailure(DecodeReason.BadLength, DecodeLayer.Network, 14), failure);
        Assert.Equal(Ip("10.0.0.1"), packet.SourceAddress);
        Assert.Equal(TransportProtocol.None, packet.Transport);
    }
}
