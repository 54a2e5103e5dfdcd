using static IoMTAD.Features.FeatureGroup;

namespace IoMTAD.Features;

/// <summary>
/// The two column sets in which the CICIoMT2024 dataset is published (Dadkhah et al., <i>Internet of Things</i> 28:101351, 2024).
/// Formulas say what the published columns hold, which is not always what their names promise.
/// </summary>
/// <remarks>
/// Six columns give the recording or the label away and are never shown to a model: IAT carries the wall clock, Number and Weight the
/// block size that was chosen per class, Srate and LLC repeat other columns, Drate is always zero.
/// </remarks>
public static class CicIoMT2024
{
    private const string V1Source = "CICIoMT2024, 45 columns";
    private const string V2Source = "CICIoMT2024, re-release, 39 columns";

    /// <summary>The shipped files: means over blocks of packets, of values that partly run on over flows and a 20-packet buffer.</summary>
    public static FeatureSchema V1 { get; } = new("ciciomt2024-v1", [
        One("Header_Length", Flow, "bytes", "bytes of the flow so far", "mean of the flow's cumulative frame bytes; 0 for ICMP, IGMP, ARP"),
        One("Protocol Type", Protocol, "number", "IP protocol number", "mean of the IPv4 protocol number; 0 for ARP"),
        One("Duration", Protocol, "hops", "time to live", "mean of the IPv4 TTL; 0 for ARP"),
        One("Rate", Timing, "packets/s", "packets per second of the flow",
            "mean of flow packets / flow duration; carried over from the packet before where it is undefined"),
        One("Srate", Timing, "packets/s", "packets per second sent", "equals Rate", leaks: true),
        One("Drate", Timing, "packets/s", "packets per second received", "always 0", leaks: true),
        One("fin_flag_number", Tcp, "share", "share of FIN packets", "mean of TCP flag 0x01"),
        One("syn_flag_number", Tcp, "share", "share of SYN packets", "mean of TCP flag 0x02"),
        One("rst_flag_number", Tcp, "share", "share of RST packets", "mean of TCP flag 0x04"),
        One("psh_flag_number", Tcp, "share", "share of PSH packets", "mean of TCP flag 0x08"),
        One("ack_flag_number", Tcp, "share", "share of ACK packets", "mean of TCP flag 0x10"),
        One("ece_flag_number", Tcp, "share", "share of ECE packets", "mean of TCP flag 0x40"),
        One("cwr_flag_number", Tcp, "share", "share of CWR packets", "mean of TCP flag 0x80"),
        One("ack_count", Tcp, "count", "FIN packets of the flow so far", "mean of the flow's FIN packets so far (misnamed when published)"),
        One("syn_count", Tcp, "count", "SYN packets of the flow so far", "mean of the flow's SYN packets so far"),
        One("fin_count", Tcp, "count", "RST packets of the flow so far", "mean of the flow's RST packets so far (misnamed when published)"),
        One("rst_count", Tcp, "count", "ACK packets of the flow so far", "mean of the flow's ACK packets so far (misnamed when published)"),
        One("HTTP", Application, "share", "share of HTTP packets", "mean of TCP and port 80"),
        One("HTTPS", Application, "share", "share of HTTPS packets", "mean of TCP and port 443"),
        One("DNS", Application, "share", "share of DNS packets", "mean of UDP and port 53"),
        One("Telnet", Application, "share", "share of Telnet packets", "mean of TCP and port 23"),
        One("SMTP", Application, "share", "share of SMTP packets", "mean of TCP and port 25"),
        One("SSH", Application, "share", "share of SSH packets", "mean of TCP and port 22"),
        One("IRC", Application, "share", "share of FTP control packets", "mean of TCP and port 21 (misnamed when published)"),
        One("TCP", Protocol, "share", "share of TCP packets", "mean of IPv4 carrying TCP"),
        One("UDP", Protocol, "share", "share of UDP packets", "mean of IPv4 carrying UDP"),
        One("DHCP", Application, "share", "share of DHCP server packets", "mean of UDP and (source port 67 or destination port 68)"),
        One("ARP", Arp, "share", "share of ARP packets", "mean of EtherType 0x0806"),
        One("ICMP", Protocol, "share", "share of ICMP packets", "mean of IPv4 protocol 1"),
        One("IGMP", Protocol, "share", "share of IGMP packets", "mean of IPv4 protocol 2"),
        One("IPv", Protocol, "share", "share of IPv4 packets", "mean of EtherType 0x0800"),
        One("LLC", Protocol, "share", "share of LLC packets", "equals IPv", leaks: true),
        One("Tot sum", Size, "bytes", "bytes in the buffer", "mean of the running sum of frame lengths over the 20-packet buffer"),
        One("Min", Size, "bytes", "smallest frame", "mean of the running minimum of frame length over the buffer"),
        One("Max", Size, "bytes", "largest frame", "mean of the running maximum of frame length over the buffer"),
        One("AVG", Size, "bytes", "running mean frame size", "mean of the running mean of frame length over the buffer"),
        One("Std", Size, "bytes", "spread of frame sizes", "mean of the running population standard deviation over the buffer"),
        One("Tot size", Size, "bytes", "frame size", "mean of the frame length"),
        One("IAT", Timing, "s", "time since the packet before", "mean gap; every 20th packet gives its Unix time instead", leaks: true),
        One("Number", Size, "packets", "packets in the buffer", "mean buffer position, which gives the block size", leaks: true),
        One("Magnitue", Size, "√bytes", "magnitude of frame sizes", "mean of √(2 × mean of the first 19 lengths in the buffer)"),
        One("Radius", Size, "bytes", "radius of frame sizes", "mean of √2 × population standard deviation of the same"),
        One("Covariance", Size, "bytes²", "variance of frame sizes", "mean of the population variance of the same"),
        One("Variance", Size, "share", "share of buffers with unequal frames", "mean of: running variance is not zero"),
        One("Weight", Size, "packets²", "squared buffer position", "mean of the squared buffer position", leaks: true),
    ]);

    /// <summary>The later release, corrected: one window of consecutive IPv4 and ARP packets, no state before it but the gap.</summary>
    public static FeatureSchema V2 { get; } = new("ciciomt2024-v2", [
        Two("Header_Length", Protocol, "bytes", "transport header length", "mean of TCP header length, 8 for UDP, else 0"),
        Two("Protocol Type", Protocol, "number", "IP protocol number", "most frequent IPv4 protocol number, the smaller on a tie"),
        Two("Time_To_Live", Protocol, "hops", "time to live", "mean of the IPv4 TTL; 0 for ARP"),
        Two("Rate", Timing, "packets/s", "packets per second", "packets / (last time − first time)"),
        Two("fin_flag_number", Tcp, "share", "share of FIN packets", "mean of TCP flag 0x01"),
        Two("syn_flag_number", Tcp, "share", "share of SYN packets", "mean of TCP flag 0x02"),
        Two("rst_flag_number", Tcp, "share", "share of RST packets", "mean of TCP flag 0x04"),
        Two("psh_flag_number", Tcp, "share", "share of PSH packets", "mean of TCP flag 0x08"),
        Two("ack_flag_number", Tcp, "share", "share of ACK packets", "mean of TCP flag 0x10"),
        Two("ece_flag_number", Tcp, "share", "share of ECE packets", "mean of TCP flag 0x40"),
        Two("cwr_flag_number", Tcp, "share", "share of CWR packets", "mean of TCP flag 0x80"),
        Two("ack_count", Tcp, "count", "ACK packets", "sum of TCP flag 0x10"),
        Two("syn_count", Tcp, "count", "SYN packets", "sum of TCP flag 0x02"),
        Two("fin_count", Tcp, "count", "FIN packets", "sum of TCP flag 0x01"),
        Two("rst_count", Tcp, "count", "RST packets", "sum of TCP flag 0x04"),
        Two("HTTP", Application, "share", "share of HTTP packets", "mean of TCP and port 80"),
        Two("HTTPS", Application, "share", "share of HTTPS packets", "mean of TCP and port 443"),
        Two("DNS", Application, "share", "share of DNS packets", "mean of UDP and port 53"),
        Two("Telnet", Application, "share", "share of Telnet packets", "mean of TCP and port 23"),
        Two("SMTP", Application, "share", "share of SMTP packets", "mean of TCP and port 25"),
        Two("SSH", Application, "share", "share of SSH packets", "mean of TCP and port 22"),
        Two("IRC", Application, "share", "share of FTP control packets", "mean of TCP and port 21 (misnamed when published)"),
        Two("TCP", Protocol, "share", "share of TCP packets", "mean of IPv4 carrying TCP"),
        Two("UDP", Protocol, "share", "share of UDP packets", "mean of IPv4 carrying UDP"),
        Two("DHCP", Application, "share", "share of DHCP packets", "mean of UDP between ports 67 and 68"),
        Two("ARP", Arp, "share", "share of ARP packets", "mean of EtherType 0x0806"),
        Two("ICMP", Protocol, "share", "share of ICMP packets", "mean of IPv4 protocol 1"),
        Two("IGMP", Protocol, "share", "share of IGMP packets", "mean of IPv4 protocol 2"),
        Two("IPv", Protocol, "share", "share of IPv4 packets", "mean of EtherType 0x0800"),
        Two("LLC", Protocol, "share", "share of LLC packets", "equals IPv", leaks: true),
        Two("Tot sum", Size, "bytes", "bytes in the window", "sum of frame lengths"),
        Two("Min", Size, "bytes", "smallest frame", "minimum of frame length"),
        Two("Max", Size, "bytes", "largest frame", "maximum of frame length"),
        Two("AVG", Size, "bytes", "mean frame size", "mean of frame length"),
        Two("Std", Size, "bytes", "spread of frame sizes", "sample standard deviation of frame length"),
        Two("Tot size", Size, "bytes", "frame size", "mean of frame length"),
        Two("IAT", Timing, "s", "time since the packet before", "mean gap to the packet before, across windows", leaks: true),
        Two("Number", Size, "packets", "packets in the window", "window size, which was chosen per class", leaks: true),
        Two("Variance", Size, "bytes²", "variance of frame sizes", "sample variance of frame length"),
    ]);

    private static FeatureColumn One(string name, FeatureGroup group, string unit, string label, string formula, bool leaks = false) =>
        new(name, group, unit, label, formula, V1Source, leaks);

    private static FeatureColumn Two(string name, FeatureGroup group, string unit, string label, string formula, bool leaks = false) =>
        new(name, group, unit, label, formula, V2Source, leaks);
}
