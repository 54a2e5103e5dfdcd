using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using static IoMTAD.Core.Tests.Features.CicPackets;

namespace IoMTAD.Core.Tests.Features;

public sealed class CicIoMT2024V2ExtractorTests
{
    [Fact]
    public void A_window_worked_by_hand()
    {
        var rows = V2(
        [
            Tcp(0, 60, TcpFlags.Syn) with { TransportHeaderLength = 40 },
            Reply(Tcp(0.5, 60, TcpFlags.Syn | TcpFlags.Ack)) with { TransportHeaderLength = 40, TimeToLive = 255 },
            Udp(1, 72, 40_000, 53), Arp(2), Icmp(4, 84),
        ], windowLength: 5);
        Row2(Assert.Single(rows),
            ("Header_Length", 88 / 5.0), ("Protocol Type", 6), ("Time_To_Live", (64 * 3 + 255) / 5.0), ("Rate", 5 / 4.0),
            ("syn_flag_number", 0.4), ("ack_flag_number", 0.2), ("ack_count", 1), ("syn_count", 2), ("fin_count", 0), ("rst_count", 0),
            ("HTTP", 0.4), ("DNS", 0.2), ("TCP", 0.4), ("UDP", 0.2), ("ARP", 0.2), ("ICMP", 0.2), ("IPv", 0.8), ("LLC", 0.8),
            ("Tot sum", 74 + 74 + 86 + 60 + 98), ("Min", 60), ("Max", 98), ("AVG", 78.4), ("Tot size", 78.4), ("IAT", 0.8), ("Number", 5),
            ("Variance", (4.4 * 4.4 * 2 + 7.6 * 7.6 + 18.4 * 18.4 + 19.6 * 19.6) / 4),
            ("Std", Math.Sqrt((4.4 * 4.4 * 2 + 7.6 * 7.6 + 18.4 * 18.4 + 19.6 * 19.6) / 4)));
    }

    [Fact]
    public void The_smallest_protocol_wins_a_tie_and_ARP_counts_as_0() =>
        Row2(V2([Tcp(0, 40), Arp(1), Tcp(2, 40), Arp(3)])[0], ("Protocol Type", 0));

    [Fact]
    public void The_gap_runs_across_windows_and_the_rate_does_not()
    {
        var rows = V2(Enumerable.Range(0, 4).Select(i => Tcp(i, 40)), windowLength: 2);
        Row2(rows[0], ("IAT", 0.5), ("Rate", 2));
        Row2(rows[1], ("IAT", 1), ("Rate", 2));
    }

    [Fact]
    public void A_window_of_one_packet_has_an_infinite_rate_and_no_deviation()
    {
        var row = V2(Enumerable.Range(0, 11).Select(i => Tcp(i, 40)))[1];
        Row2(row, ("Number", 1), ("Rate", double.PositiveInfinity), ("Std", double.NaN), ("Variance", double.NaN));
    }

    [Fact]
    public void DHCP_counts_in_both_directions_and_DNS_over_UDP_alone()
    {
        Row2(V2([Udp(0, 60, 67, 68), Udp(1, 60, 68, 67), Udp(2, 60, 67, 9), Tcp(3, 60, destination: 53)])[0], ("DHCP", 0.5), ("DNS", 0));
    }

    [Fact]
    public void Only_untagged_IPv4_and_ARP_over_Ethernet_enters()
    {
        Packet[] outside = [Tcp(0, 40) with { VlanDepth = 1 }, Tcp(0, 40) with { Network = NetworkProtocol.IPv6, EtherType = 0x86DD },
            new Packet { EtherType = 0x88CC }, new Packet { EtherType = 0x0800, CapturedLength = 20 }];
        Assert.Empty(V2(outside));
        Assert.Empty(V1(outside));
        var extractor = new CicIoMT2024V2Extractor(_ => Assert.Fail("cooked frames do not enter"));
        extractor.Add(LinkType.LinuxCooked, Tcp(0, 40));
        extractor.Finish();
    }

    [Fact]
    public void A_later_fragment_is_IPv4_without_a_transport() =>
        Row2(V2([Tcp(0, 40, TcpFlags.None) with { Transport = TransportProtocol.None, FragmentOffset = 1480 }])[0],
            ("Protocol Type", 6), ("TCP", 0), ("HTTP", 0), ("IPv", 1), ("Header_Length", 0));
}
