using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;
using static IoMTAD.Core.Tests.Features.Windows;

namespace IoMTAD.Core.Tests.Features;

public sealed class WindowPeerTests
{
    private static Packet To(uint address, ushort port, ushort from = 50_000) =>
        Tcp(TcpFlags.Syn) with { DestinationAddress = DeviceAddress.MapIPv4(address), DestinationPort = port, SourcePort = from };

    [Fact]
    public void A_conversation_has_one_peer_in_both_directions()
    {
        var window = Assert.Single(Of(Tcp(), Tcp(outbound: false), Tcp()));
        Equal(1, window, WindowColumn.Peers);
        Equal(0, window, WindowColumn.PeerEntropy);
        Equal(1, window, WindowColumn.ServicePorts);
        Equal(1, window, WindowColumn.ClientPorts);
    }

    [Fact]
    public void A_sweep_spreads_over_peers()
    {
        var windows = Of(Enumerable.Range(1, 20).Select(i => To((uint)(0x0A000100 + i / 2), 80)).ToArray());
        Equal(6, windows[0], WindowColumn.Peers);
        Equal(-(4 * 0.2 * Math.Log2(0.2) + 2 * 0.1 * Math.Log2(0.1)), windows[0], WindowColumn.PeerEntropy);
        Equal(11, windows[1], WindowColumn.SegmentPeers);
    }

    [Fact]
    public void A_port_scan_shows_the_ports_it_asks_for()
    {
        var windows = Of(Enumerable.Range(0, 20).Select(i => To(0x0A000002, (ushort)(i % 2 == 0 ? 20 : 2000 + i))).ToArray());
        Equal(6, windows[0], WindowColumn.ServicePorts);
        Equal(1, windows[0], WindowColumn.ClientPorts);
        Equal(0.5, windows[0], WindowColumn.WellKnownPortShare);
        Equal(1, windows[0], WindowColumn.NewLowPorts);
        Equal(0, windows[1], WindowColumn.NewLowPorts);
    }

    [Fact]
    public void One_port_number_in_TCP_and_UDP_is_two_services() =>
        Equal(2, Of(To(1, 53), To(1, 53) with { Transport = TransportProtocol.Udp })[0], WindowColumn.ServicePorts);

    [Fact]
    public void Group_addresses_are_told_from_others()
    {
        var window = Assert.Single(Of(
            Tcp() with { DestinationMac = 0xFFFF_FFFF_FFFF }, Tcp() with { DestinationMac = 0x01_00_5E_00_00_FB }, Tcp(),
            To(0xE00000FB, 5353) with { SourceMac = 0, DestinationMac = 0 }));
        Equal(0.25, window, WindowColumn.BroadcastShare);
        Equal(0.5, window, WindowColumn.MulticastShare);
    }

    [Fact]
    public void An_answered_ARP_request_is_nothing_strange()
    {
        var window = Assert.Single(Of(
            Arp(1, 0x0A000001, DeviceMac, 0x0A000002, outbound: true), Arp(2, 0x0A000002, BrokerMac, 0x0A000001),
            Tcp(), Tcp(outbound: false)));
        Equal(0.25, window, WindowColumn.ArpRequestShare);
        Equal(0.25, window, WindowColumn.ArpReplyShare);
        Equal(0, window, WindowColumn.ArpUnaskedShare);
        Equal(0, window, WindowColumn.ArpGratuitousShare);
        Equal(0, window, WindowColumn.ChangedBindings);
    }

    [Fact]
    public void A_poisoned_reply_is_unasked_and_changes_the_binding_that_traffic_showed()
    {
        var window = Assert.Single(Of(Tcp(), Arp(2, 0x0A000002, OtherMac, 0x0A000001), Tcp() with { DestinationMac = OtherMac }));
        Equal(1 / 3.0, window, WindowColumn.ArpUnaskedShare);
        Equal(1, window, WindowColumn.ChangedBindings);
    }

    [Fact]
    public void A_MAC_that_claims_two_addresses_changes_a_binding()
    {
        var window = Assert.Single(Of(Arp(2, 0x0A000002, OtherMac, 0x0A000001), Arp(2, 0x0A000003, OtherMac, 0x0A000001)));
        Equal(1, window, WindowColumn.ChangedBindings);
    }

    [Fact]
    public void An_announcement_is_gratuitous_and_a_probe_claims_nothing()
    {
        var window = Assert.Single(Of(
            Arp(1, 0, DeviceMac, 0x0A000001, outbound: true), Arp(1, 0x0A000001, DeviceMac, 0x0A000001, outbound: true)));
        Equal(0.5, window, WindowColumn.ArpGratuitousShare);
        Equal(0, window, WindowColumn.ChangedBindings);
    }
}
