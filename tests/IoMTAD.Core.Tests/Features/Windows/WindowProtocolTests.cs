using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using static IoMTAD.Core.Tests.Features.Windows;

namespace IoMTAD.Core.Tests.Features;

public sealed class WindowProtocolTests
{
    [Fact]
    public void The_protocol_mix_is_in_shares_of_packets()
    {
        var ping = Tcp() with { Transport = TransportProtocol.Icmp, IcmpType = 8, IpProtocol = 1 };
        var unreachable = ping with { IcmpType = 3 };
        var v6 = ping with { Transport = TransportProtocol.IcmpV6, Network = NetworkProtocol.IPv6, IcmpType = 1 };
        var igmp = Tcp() with { Transport = TransportProtocol.Igmp, IsFragment = true, TimeToLive = 1 };
        var window = Assert.Single(Of(ping, unreachable, v6, igmp, Tcp(), Tcp() with { Transport = TransportProtocol.Udp },
            Arp(1, 0x0A000001, DeviceMac, 0x0A000002, outbound: true), new Packet { EtherType = 0x88CC }));
        Equal(1 / 8.0, window, WindowColumn.Ipv6Share);
        Equal(1 / 8.0, window, WindowColumn.TcpShare);
        Equal(1 / 8.0, window, WindowColumn.UdpShare);
        Equal(3 / 8.0, window, WindowColumn.IcmpShare);
        Equal(2 / 8.0, window, WindowColumn.IcmpErrorShare);
        Equal(1 / 8.0, window, WindowColumn.IgmpShare);
        Equal(1 / 8.0, window, WindowColumn.FragmentShare);
        Equal((5 * 64 + 1) / 6.0, window, WindowColumn.TtlMean);
        Equal(Math.Sqrt((5 * 4096 + 1) / 6.0 - Math.Pow(321 / 6.0, 2)), window, WindowColumn.TtlStd);
    }

    [Fact]
    public void A_broken_frame_counts_as_undecodable()
    {
        var extractor = new WindowExtractor();
        extractor.Begin(Device);
        extractor.Add(Tcp(), default);
        extractor.Add(new Packet { WireLength = 9, CapturedLength = 9 }, new DecodeFailure(DecodeReason.Truncated, DecodeLayer.Link, 0));
        var window = new float[64];
        extractor.Write(window);
        Equal(0.5, window, WindowColumn.UndecodableShare);
    }

    [Fact]
    public void Handshakes_and_their_absence_show()
    {
        var window = Assert.Single(Of(
            Tcp(TcpFlags.Syn, sequence: 1), Tcp(TcpFlags.Syn, sequence: 2), Tcp(TcpFlags.Syn, sequence: 3),
            Tcp(TcpFlags.Syn | TcpFlags.Ack, outbound: false), Tcp(TcpFlags.Rst | TcpFlags.Ack, outbound: false),
            Tcp(TcpFlags.Fin | TcpFlags.Ack)));
        Equal(3 / 6.0, window, WindowColumn.SynShare);
        Equal(1 / 6.0, window, WindowColumn.SynAckShare);
        Equal(1 / 6.0, window, WindowColumn.RstShare);
        Equal(1 / 6.0, window, WindowColumn.FinShare);
        Equal(2, window, WindowColumn.UnansweredSyns);
        Equal(0, window, WindowColumn.OddFlagsShare);
    }

    [Fact]
    public void Unanswered_connections_add_up_over_the_segment_and_start_anew_with_the_next()
    {
        var flood = Enumerable.Range(0, 20).Select(i => Tcp(TcpFlags.Syn, sequence: (uint)i)).ToArray();
        var extractor = new WindowExtractor();
        Equal(20, Extract(extractor, Device, flood)[1], WindowColumn.UnansweredSyns);
        Equal(10, Extract(extractor, Device, flood)[0], WindowColumn.UnansweredSyns);
    }

    [Theory]
    [InlineData(TcpFlags.None)]
    [InlineData(TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg)]
    [InlineData(TcpFlags.Fin)]
    [InlineData(TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg)]
    public void Flags_that_no_stack_sends_are_odd(TcpFlags flags) => Equal(1, Of(Tcp(flags))[0], WindowColumn.OddFlagsShare);

    [Theory]
    [InlineData(TcpFlags.Syn)]
    [InlineData(TcpFlags.Syn | TcpFlags.Ack)]
    [InlineData(TcpFlags.Ack | TcpFlags.Psh)]
    [InlineData(TcpFlags.Fin | TcpFlags.Ack)]
    [InlineData(TcpFlags.Rst)]
    public void Flags_that_stacks_send_are_not(TcpFlags flags) => Equal(0, Of(Tcp(flags))[0], WindowColumn.OddFlagsShare);

    [Fact]
    public void Data_sent_twice_is_a_retransmission_and_a_repeated_ACK_is_none()
    {
        var window = Assert.Single(Of(
            Tcp(payload: 5, sequence: 7), Tcp(), Tcp(), Tcp(payload: 5, sequence: 12), Tcp(payload: 5, sequence: 7)));
        Equal(1 / 5.0, window, WindowColumn.RetransmissionShare);
    }

    [Fact]
    public void A_closed_window_shows_unless_a_reset_closed_it()
    {
        var window = Assert.Single(Of(Tcp() with { TcpWindow = 0 }, Tcp(TcpFlags.Rst) with { TcpWindow = 0 }));
        Equal(0.5, window, WindowColumn.ZeroWindowShare);
    }

    [Fact]
    public void MQTT_control_packets_are_counted_by_family()
    {
        static ulong Types(params int[] types) => types.Aggregate(0UL, (sum, type) => sum + (1UL << (type * 4)));
        var mqtt = Tcp(payload: 20) with { Application = ApplicationProtocol.Mqtt };
        var window = Assert.Single(Of(
            mqtt with { MqttPacketTypes = Types(1, 2, 3, 3, 3) },
            mqtt with { MqttPacketTypes = Types(4, 5, 6, 7, 9, 11, 8, 10, 12, 13, 14), MqttMalformed = 2 }));
        Equal(1, window, WindowColumn.MqttConnects);
        Equal(1, window, WindowColumn.MqttConnacks);
        Equal(3, window, WindowColumn.MqttPublishes);
        Equal(6, window, WindowColumn.MqttAcks);
        Equal(2, window, WindowColumn.MqttSubscribes);
        Equal(2, window, WindowColumn.MqttPings);
        Equal(1, window, WindowColumn.MqttDisconnects);
        Equal(2, window, WindowColumn.MqttMalformed);
    }

    [Theory]
    [InlineData(ApplicationProtocol.CoAP, WindowColumn.CoapShare)]
    [InlineData(ApplicationProtocol.Dns, WindowColumn.DnsShare)]
    [InlineData(ApplicationProtocol.Dhcp, WindowColumn.DhcpShare)]
    [InlineData(ApplicationProtocol.Http, WindowColumn.HttpShare)]
    [InlineData(ApplicationProtocol.Tls, WindowColumn.TlsShare)]
    [InlineData(ApplicationProtocol.Hl7, WindowColumn.Hl7Share)]
    [InlineData(ApplicationProtocol.Dicom, WindowColumn.DicomShare)]
    [InlineData(ApplicationProtocol.Ntp, WindowColumn.NtpShare)]
    [InlineData(ApplicationProtocol.Ssh, WindowColumn.TelnetSshSmtpShare)]
    [InlineData(ApplicationProtocol.Telnet, WindowColumn.TelnetSshSmtpShare)]
    [InlineData(ApplicationProtocol.Smtp, WindowColumn.TelnetSshSmtpShare)]
    public void Each_application_has_its_share(ApplicationProtocol protocol, WindowColumn column)
    {
        var spoken = Tcp() with { Application = protocol, ApplicationTraits = ApplicationTraits.Error };
        var window = Assert.Single(Of(spoken, spoken with { ApplicationTraits = ApplicationTraits.Malformed }, Tcp(), Tcp()));
        Equal(0.5, window, column);
        Equal(0.25, window, WindowColumn.ApplicationErrorShare);
        Equal(0.25, window, WindowColumn.ApplicationMalformedShare);
    }
}
