using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Tests.Capture.Simulation;

public sealed class WardTsharkTests
{
    // Fifteen minutes: long enough for reconnects, renewals, image series and retransmissions.
    private static readonly Lazy<byte[]> Benign = new(() =>
        SimulatedCapture.Pcap(new WardSimulation(new WardOptions()), SimulatedCapture.Start.AddMinutes(15)));

    [Fact, Trait("Category", "Slow")]
    public void Tshark_finds_nothing_malformed_and_no_bad_checksum_in_a_quiet_ward()
    {
        var complaints = Tshark.Fields(Benign.Value,
            "_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || icmp.checksum.status == 0",
            "frame.number", "_ws.col.Info");
        Assert.Empty(complaints.Select(c => string.Join(' ', c)));
    }

    [Fact, Trait("Category", "Slow")]
    public void Tshark_finds_no_gap_and_nothing_acknowledged_too_early_in_a_quiet_ward()
    {
        var complaints = Tshark.Fields(Benign.Value,
            "tcp.analysis.ack_lost_segment || tcp.analysis.lost_segment || tcp.analysis.out_of_order || tcp.analysis.duplicate_ack"
            + " || tcp.analysis.zero_window || tcp.analysis.window_full || tcp.analysis.keep_alive || arp.duplicate-address-detected",
            "frame.number", "_ws.col.Info");
        Assert.Empty(complaints.Select(c => string.Join(' ', c)));
    }

    [Fact, Trait("Category", "Slow")]
    public void Every_protocol_is_there_and_tshark_knows_it()
    {
        var seen = Tshark.Fields(Benign.Value, "", "frame.protocols").SelectMany(p => p[0].Split(':')).ToHashSet(StringComparer.Ordinal);
        string[] wanted = ["arp", "icmp", "dns", "dhcp", "ntp", "mqtt", "coap", "tls", "http", "hl7", "dicom"];
        Assert.Empty(wanted.Except(seen));
    }

    [Fact, Trait("Category", "Slow")]
    public void Segments_are_lost_and_sent_again_now_and_then()
    {
        var again = Tshark.Fields(Benign.Value, "tcp.analysis.retransmission", "frame.number").Count;
        Assert.InRange(again, 1, 60);
    }
}
