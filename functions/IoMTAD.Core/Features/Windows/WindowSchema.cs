using System.Text;
using static IoMTAD.Features.FeatureGroup;
using static IoMTAD.Features.FeatureScale;
using static IoMTAD.Features.WindowColumn;

namespace IoMTAD.Features;

/// <summary>
/// Schema <c>window-v1</c>: up to 10 consecutive packets of one device's segment as 64 numbers, none of which tells the time, the place
/// or the recording.
/// </summary>
public static class WindowSchema
{
    private const string Ieee = "IEEE 802.3";
    private const string Ip = "RFC 791, RFC 8200";
    private const string TcpRfc = "RFC 9293";
    private const string ArpRfc = "RFC 826";
    private const string MqttStandard = "MQTT 3.1.1, MQTT 5";
    private const string Shannon = "Shannon 1948; Lakhina et al., SIGCOMM 2005";

    private static readonly (WindowColumn Column, FeatureColumn Feature)[] Table = [
        C(SizeMean, Size, "bytes", "mean frame size", "mean of wire length", Ieee, Log1P),
        C(SizeStd, Size, "bytes", "spread of frame sizes", "population standard deviation of wire length", Ieee, Log1P),
        C(SizeMax, Size, "bytes", "largest frame", "maximum of wire length", Ieee, Log1P),
        C(PayloadShare, Size, "share", "share of bytes that are payload", "transport payload bytes / wire bytes", Ip),

        C(GapMean, Timing, "µs", "mean time between packets",
            "mean gap to the packet before, within the segment; 1 s for a packet alone in its segment", "–", Log1P),
        C(GapStd, Timing, "µs", "jitter between packets", "population standard deviation of the gaps", "–", Log1P),
        C(GapMax, Timing, "µs", "longest pause between packets", "maximum gap", "–", Log1P),
        C(PacketRate, Timing, "packets/s", "packets per second",
            "packets / time since the packet before the window (a window cut by time: up to 1 s after the segment began)", "–", Log1P),
        C(ByteRate, Timing, "bytes/s", "bytes per second", "wire bytes / the same time", "–", Log1P),
        C(SegmentRate, Timing, "packets/s", "packets per second, sustained",
            "packets of the segment so far / time since it began, at least 0.1 s", "–", Log1P),

        C(OutboundShare, Direction, "share", "share of packets sent by the device", "packets from the device / packets", "–"),
        C(OutboundByteShare, Direction, "share", "share of bytes sent by the device", "bytes from the device / bytes", "–"),
        C(TurnShare, Direction, "share", "how often the direction turns", "gaps across which the direction changes / gaps", "–"),

        C(Ipv6Share, Protocol, "share", "share of IPv6 packets", "IPv6 / packets", "RFC 8200"),
        C(TcpShare, Protocol, "share", "share of TCP packets", "TCP / packets", TcpRfc),
        C(UdpShare, Protocol, "share", "share of UDP packets", "UDP / packets", "RFC 768"),
        C(IcmpShare, Protocol, "share", "share of ICMP packets", "(ICMP + ICMPv6) / packets", "RFC 792, RFC 4443"),
        C(IcmpErrorShare, Protocol, "share", "share of ICMP error messages",
            "ICMP types 3, 4, 5, 11, 12 and ICMPv6 types below 128 / packets", "RFC 792, RFC 4443"),
        C(IgmpShare, Protocol, "share", "share of IGMP packets", "IGMP / packets", "RFC 3376"),
        C(FragmentShare, Protocol, "share", "share of IP fragments", "fragments / packets", Ip),
        C(UndecodableShare, Protocol, "share", "share of broken frames", "frames with a decode failure / frames", "–"),
        C(TtlMean, Protocol, "hops", "mean time to live", "mean of TTL or hop limit over IP packets; 0 without any", Ip),
        C(TtlStd, Protocol, "hops", "spread of time to live", "population standard deviation of the same", Ip),

        C(SynShare, Tcp, "share", "share of connection attempts", "SYN without ACK / packets", TcpRfc),
        C(SynAckShare, Tcp, "share", "share of connections accepted", "SYN with ACK / packets", TcpRfc),
        C(FinShare, Tcp, "share", "share of connections closed", "FIN / packets", TcpRfc),
        C(RstShare, Tcp, "share", "share of connections reset", "RST / packets", TcpRfc),
        C(OddFlagsShare, Tcp, "share", "share of impossible TCP flags",
            "none of SYN, RST, ACK set, or more than one of SYN, FIN, RST / packets", "RFC 9293 section 3.10.7"),
        C(UnansweredSyns, Tcp, "count", "half-open connections", "SYN − SYN-ACK of the segment so far, at least 0", TcpRfc, Log1P),
        C(RetransmissionShare, Tcp, "share", "share of retransmissions",
            "TCP packets with payload, SYN or FIN whose flow and sequence number the segment has seen / packets", TcpRfc),
        C(ZeroWindowShare, Tcp, "share", "share of zero-window packets", "window 0 without SYN or RST / packets", TcpRfc),

        C(WindowColumn.Peers, FeatureGroup.Peers, "count", "peers", "distinct far ends: IP address, else MAC", "–", Log1P),
        C(PeerEntropy, FeatureGroup.Peers, "bits", "spread over peers", "entropy of packets over far ends", Shannon),
        C(SegmentPeers, FeatureGroup.Peers, "count", "peers within the second", "distinct far ends of the segment so far", "–", Log1P),
        C(ServicePorts, FeatureGroup.Peers, "count", "service ports", "distinct lower port of TCP and UDP packets", "–", Log1P),
        C(ClientPorts, FeatureGroup.Peers, "count", "client ports", "distinct higher port of TCP and UDP packets", "–", Log1P),
        C(WellKnownPortShare, FeatureGroup.Peers, "share", "share of packets on ports below 1024",
            "lower port below 1024 / packets", "RFC 6335"),
        C(NewLowPorts, FeatureGroup.Peers, "count", "new ports below 1024",
            "lower ports below 1024 first seen in the segment", "RFC 6335", Log1P),
        C(BroadcastShare, FeatureGroup.Peers, "share", "share of broadcasts", "to ff:ff:ff:ff:ff:ff, else 255.255.255.255 / packets", Ieee),
        C(MulticastShare, FeatureGroup.Peers, "share", "share of multicasts", "to another group address / packets", Ieee),

        C(ArpRequestShare, Arp, "share", "share of ARP requests", "ARP operation 1 / packets", ArpRfc),
        C(ArpReplyShare, Arp, "share", "share of ARP replies", "ARP operation 2 / packets", ArpRfc),
        C(ArpGratuitousShare, Arp, "share", "share of ARP announcements", "sender address = target address / packets", "RFC 5227"),
        C(ArpUnaskedShare, Arp, "share", "share of ARP replies nobody asked for",
            "replies for an address that the segment holds no earlier request for / packets", ArpRfc),
        C(ChangedBindings, Arp, "count", "addresses that changed hands",
            "times in the segment so far that an IP address came with another MAC, or ARP claimed another IP address for a MAC",
            ArpRfc, Log1P),

        C(MqttConnects, Mqtt, "count", "MQTT connects", "CONNECT", MqttStandard, Log1P),
        C(MqttConnacks, Mqtt, "count", "MQTT connects answered", "CONNACK", MqttStandard, Log1P),
        C(MqttPublishes, Mqtt, "count", "MQTT messages published", "PUBLISH", MqttStandard, Log1P),
        C(MqttAcks, Mqtt, "count", "MQTT acknowledgements", "PUBACK + PUBREC + PUBREL + PUBCOMP + SUBACK + UNSUBACK", MqttStandard, Log1P),
        C(MqttSubscribes, Mqtt, "count", "MQTT subscriptions", "SUBSCRIBE + UNSUBSCRIBE", MqttStandard, Log1P),
        C(MqttPings, Mqtt, "count", "MQTT pings", "PINGREQ + PINGRESP", MqttStandard, Log1P),
        C(MqttDisconnects, Mqtt, "count", "MQTT disconnects", "DISCONNECT", MqttStandard, Log1P),
        C(WindowColumn.MqttMalformed, Mqtt, "count", "malformed MQTT packets",
            "control packets that break the standard", MqttStandard, Log1P),

        C(CoapShare, Application, "share", "share of CoAP packets", "CoAP / packets", "RFC 7252"),
        C(DnsShare, Application, "share", "share of DNS packets", "DNS / packets", "RFC 1035"),
        C(DhcpShare, Application, "share", "share of DHCP packets", "DHCP / packets", "RFC 2131"),
        C(HttpShare, Application, "share", "share of HTTP packets", "HTTP / packets", "RFC 9112"),
        C(TlsShare, Application, "share", "share of TLS packets", "TLS / packets", "RFC 8446"),
        C(Hl7Share, Application, "share", "share of HL7 packets", "HL7 over MLLP / packets", "HL7 v2 Transport: MLLP"),
        C(DicomShare, Application, "share", "share of DICOM packets", "DICOM upper layer / packets", "DICOM PS3.8"),
        C(NtpShare, Application, "share", "share of NTP packets", "NTP / packets", "RFC 5905"),
        C(TelnetSshSmtpShare, Application, "share", "share of Telnet, SSH and SMTP packets",
            "(Telnet + SSH + SMTP) / packets", "RFC 854, RFC 4253, RFC 5321"),
        C(ApplicationErrorShare, Application, "share", "share of application errors",
            "payloads that report a failure (NXDOMAIN, HTTP 4xx and 5xx, refused MQTT CONNACK, HL7 AE and AR) / packets", "–"),
        C(ApplicationMalformedShare, Application, "share", "share of malformed payloads",
            "payloads that break their protocol's grammar / packets", "–"),
    ];

    public static FeatureSchema Schema { get; } = new("window-v1", [.. Table.OrderBy(row => row.Column).Select(row => row.Feature)]);

    private static (WindowColumn, FeatureColumn) C(WindowColumn column, FeatureGroup group, string unit, string label, string formula,
        string source, FeatureScale scale = Linear) =>
        (column, new FeatureColumn(SnakeCase(column.ToString()), group, unit, label, formula, source, Scale: scale));

    private static string SnakeCase(string pascal)
    {
        var text = new StringBuilder();
        foreach (var letter in pascal)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
