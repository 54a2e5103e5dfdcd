using IoMTAD.Decoding;

namespace IoMTAD.Core.Tests.Decoding;

public sealed class TransportTests
{
    [Fact]
    public void Tcp_options_belong_to_the_header()
    {
        var tcp = Build.Tcp(50_000, 9_999, TcpFlags.Psh | TcpFlags.Ack, [1, 2, 3, 4], sequence: 0xDEADBEEF, options: [1, 1, 1, 0]);
        var packet = Decode.Sound(Build.Ethernet(Build.IPv4(tcp, 6)));
        Assert.Equal(TransportProtocol.Tcp, packet.Transport);
        Assert.Equal((50_000, 9_999), (packet.SourcePort, packet.DestinationPort));
        Assert.True(packet.HasTcp(TcpFlags.Psh | TcpFlags.Ack));
        Assert.Equal(0xDEADBEEF, packet.TcpSequence);
        Assert.Equal(2u, packet.TcpAcknowledgment);
        Assert.Equal(8192, packet.TcpWindow);
        Assert.Equal(24, packet.TransportHeaderLength);
        Assert.Equal(4, packet.PayloadLength);
    }

    [Theory]
    [InlineData(0x40)]
    [InlineData(0xF0)]
    public void A_tcp_data_offset_that_cannot_be_is_a_failure(byte dataOffset)
    {
        var tcp = Build.Tcp(1, 2, TcpFlags.Syn);
        tcp[12] = dataOffset;
        var (packet, failure) = Decode.Any(Build.Ethernet(Build.IPv4(tcp, 6)));
        Assert.Equal(new DecodeFailure(DecodeReason.BadLength, DecodeLayer.Transport, 34), failure);
        Assert.Equal(TcpFlags.Syn, packet.TcpFlags);
        Assert.Equal(0, packet.TransportHeaderLength);
    }

    [Fact]
    public void A_frame_cut_by_snaplen_keeps_its_lengths()
    {
        var whole = Build.Ethernet(Build.IPv4(Build.Tcp(1, 2, TcpFlags.Ack, new byte[1000], options: [1, 1, 1, 0]), 6));
        var packet = Decode.Sound(whole[..54], wireLength: whole.Length);
        Assert.Equal(54, packet.CapturedLength);
        Assert.Equal(whole.Length, packet.WireLength);
        Assert.Equal(24, packet.TransportHeaderLength);
        Assert.Equal(1000, packet.PayloadLength);
    }

    [Fact]
    public void A_header_cut_by_snaplen_is_truncated_and_one_cut_by_its_own_packet_has_a_bad_length()
    {
        var whole = Build.Ethernet(Build.IPv4(Build.Tcp(1, 2, TcpFlags.Ack), 6));
        var (packet, cut) = Decode.Any(whole[..44], wireLength: whole.Length);
        Assert.Equal(new DecodeFailure(DecodeReason.Truncated, DecodeLayer.Transport, 34), cut);
        Assert.Equal(6, packet.IpProtocol);
        var (_, small) = Decode.Any(Build.Ethernet(Build.IPv4(new byte[19], 6)));
        Assert.Equal(new DecodeFailure(DecodeReason.BadLength, DecodeLayer.Transport, 34), small);
    }

    [Fact]
    public void A_udp_length_below_that_of_ip_leaves_a_trailer_out()
    {
        var udp = Build.Udp(5, 6, new byte[40]);
        udp[5] = 18;
        Assert.Equal(10, Decode.Sound(Build.Ethernet(Build.IPv4(udp, 17))).PayloadLength);
        udp[5] = 200;
        var (_, failure) = Decode.Any(Build.Ethernet(Build.IPv4(udp, 17)));
        Assert.Equal(new DecodeFailure(DecodeReason.BadLength, DecodeLayer.Transport, 34), failure);
    }

    [Theory]
    [InlineData(1, TransportProtocol.Icmp, 3, 1)]
    [InlineData(2, TransportProtocol.Igmp, 0, 0)]
    [InlineData(58, TransportProtocol.Other, 0, 0)]
    [InlineData(47, TransportProtocol.Other, 0, 0)]
    public void The_protocol_number_names_the_transport(byte protocol, TransportProtocol transport, int type, int code)
    {
        var packet = Decode.Sound(Build.Ethernet(Build.IPv4(Build.Icmp(3, 1, [9, 9]), protocol)));
        Assert.Equal(transport, packet.Transport);
        Assert.Equal((type, code), (packet.IcmpType, packet.IcmpCode));
        Assert.Equal(transport == TransportProtocol.Other ? 10 : 2, packet.PayloadLength);
    }

    [Fact]
    public void Icmp_v6_stands_in_ipv6()
    {
        var packet = Decode.Sound(Build.Ethernet(Build.IPv6(Build.Icmp(135, 0, new byte[16]), 58)));
        Assert.Equal(TransportProtocol.IcmpV6, packet.Transport);
        Assert.Equal(135, packet.IcmpType);
    }
}
