using IoMTAD.Decoding;
using IoMTAD.Features;
using static IoMTAD.Core.Tests.Features.CicPackets;

namespace IoMTAD.Core.Tests.Features;

public sealed class CicIoMT2024V1ExtractorTests
{
    private static readonly double Start = Epoch / 1e9;

    [Fact]
    public void Two_packets_of_one_flow_worked_by_hand()
    {
        var rows = V1([Tcp(0, 40, TcpFlags.Syn), Reply(Tcp(0.5, 60, TcpFlags.Syn | TcpFlags.Ack))], blockLength: 1);
        Row1(rows[0],
            ("Header_Length", 54), ("Protocol Type", 6), ("Duration", 64), ("Rate", 0), ("Srate", 0), ("Drate", 0), ("syn_flag_number", 1),
            ("ack_flag_number", 0), ("syn_count", 1), ("HTTP", 1), ("TCP", 1), ("IPv", 1), ("LLC", 1), ("ARP", 0),
            ("Tot sum", 54), ("Min", 54), ("Max", 54), ("AVG", 54), ("Std", 0), ("Tot size", 54), ("IAT", Start), ("Number", 1),
            ("Magnitue", Math.Sqrt(108)), ("Radius", 0), ("Covariance", 0), ("Variance", 0), ("Weight", 1));
        Row1(rows[1],
            ("Header_Length", 128), ("Rate", 4), ("Srate", 4), ("syn_count", 2), ("rst_count", 1), ("ack_count", 0),
            ("Tot sum", 128), ("Min", 54), ("Max", 74), ("AVG", 64), ("Std", 10), ("Tot size", 74), ("IAT", 0.5), ("Number", 2),
            ("Magnitue", Math.Sqrt(128)), ("Radius", Math.Sqrt(200)), ("Covariance", 100), ("Variance", 1), ("Weight", 4));
    }

    [Fact]
    public void Counts_bear_the_wrong_names_of_the_published_files()
    {
        TcpFlags[] flags = [TcpFlags.Fin, TcpFlags.Rst, TcpFlags.Ack, TcpFlags.Ack];
        var row = V1(flags.Select((flag, i) => Tcp(i, 40, flag)), blockLength: 1)[3];
        Row1(row, ("ack_count", 1), ("syn_count", 0), ("fin_count", 1), ("rst_count", 2), ("ack_flag_number", 1));
    }

    [Fact]
    public void The_rate_is_carried_over_by_packets_that_have_none()
    {
        var rows = V1([Tcp(0, 40), Tcp(1, 40), Arp(2), Icmp(3, 84), Tcp(4, 40, source: 999), Tcp(5, 40)], blockLength: 1);
        Assert.Equal([0, 2, 2, 2, 2, 3 / 5.0], rows.Select(row => row.Of(CicIoMT2024.V1, "Rate")));
        Row1(rows[2], ("ARP", 1), ("IPv", 0), ("LLC", 0), ("Duration", 0), ("Header_Length", 0), ("Tot size", 60));
        Row1(rows[3], ("ICMP", 1), ("Header_Length", 0), ("Tot size", 98), ("Duration", 64));
    }

    [Fact]
    public void Padding_behind_an_IP_packet_is_lost_and_behind_ARP_kept() =>
        Row1(V1([Tcp(0, 40), Arp(1)])[0], ("Min", 54), ("Tot size", 57));

    [Fact]
    public void Blocks_of_ten_give_the_positions_and_the_times_of_the_published_files()
    {
        var rows = V1(Enumerable.Range(0, 40).Select(i => Tcp(i, 40 + i)));
        Assert.Equal(4, rows.Count);
        Row1(rows[0], ("Number", 5.5), ("Weight", 38.5), ("Variance", 0.9), ("IAT", (Start + 9) / 10));
        Row1(rows[1], ("Number", 13.5), ("Weight", 244.6), ("Variance", 1), ("IAT", (Start + 19 + 9) / 10));
        Row1(rows[2], ("Number", 5.5), ("Weight", 38.5), ("IAT", 1));
        Row1(rows[0], ("Radius", Math.Sqrt(2) * rows[0].Of(CicIoMT2024.V1, "Std")));
    }

    [Fact]
    public void Blocks_of_a_hundred_give_those_of_the_floods() =>
        Row1(V1(Enumerable.Range(0, 100).Select(i => Tcp(i, 40)), blockLength: 100)[0], ("Number", 9.5), ("Weight", 141.55));

    [Fact]
    public void The_twentieth_length_enters_the_sums_and_not_the_streams()
    {
        var rows = V1(Enumerable.Range(1, 20).Select(i => Tcp(i, i == 20 ? 1040 : 40)), blockLength: 1);
        Row1(rows[19], ("Tot sum", 19 * 54 + 1054), ("Max", 1054), ("Number", 0), ("Weight", 361), ("Covariance", 0), ("Variance", 0),
            ("Magnitue", Math.Sqrt(108)), ("IAT", Start + 20));
    }

    [Fact]
    public void The_last_block_may_be_short()
    {
        var rows = V1(Enumerable.Range(0, 13).Select(i => Tcp(i, 40)));
        Assert.Equal(2, rows.Count);
        Row1(rows[1], ("Number", 12));
    }

    [Fact]
    public void DHCP_counts_from_server_to_client_alone() =>
        Row1(V1([Udp(0, 300, 67, 68), Udp(1, 300, 68, 67)])[0], ("DHCP", 0.5), ("UDP", 1), ("Protocol Type", 17));

    [Fact]
    public void Each_piece_of_a_capture_starts_anew()
    {
        // Each frame takes 76 bytes of the piece, behind 24 of the file's header: the third one crosses 150.
        var rows = V1(Enumerable.Range(0, 4).Select(i => Tcp(i, 46)), pieceBytes: 150);
        Assert.Equal(2, rows.Count);
        Row1(rows[0], ("Number", 1.5), ("Header_Length", 90));
        Row1(rows[1], ("Number", 1.5), ("Header_Length", 90), ("Rate", 1), ("IAT", (Start + 2 + 1) / 2));
    }
}
