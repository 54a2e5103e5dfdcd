using IoMTAD.Capture;
using IoMTAD.Core.Tests.Capture;
using IoMTAD.Decoding;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Decoding;

/// <summary>Frame by frame, our decoder against Wireshark's.</summary>
/// <remarks>
/// Where they differ on purpose: tshark also dissects the packet that an ICMP error quotes (we stop at the ICMP header), and it calls every
/// segment on an application's port by that application's name (we say that it has no header: a continuation).
/// </remarks>
public sealed class TsharkComparisonTests
{
    private static readonly string[] Fields =
    [
        "frame.protocols", "frame.len", "eth.src", "vlan.id", "ip.len", "ip.ttl", "ipv6.hlim", "tcp.srcport", "tcp.dstport", "tcp.flags",
        "tcp.seq_raw", "tcp.len", "udp.srcport", "udp.length", "icmp.type", "icmpv6.type", "arp.opcode", "dns.flags.opcode",
        "dhcp.option.dhcp", "mqtt.msgtype", "tcp.window_size_value", "ip.frag_offset",
    ];

    public static TheoryData<string> RealCaptures =>
        SharedData.Find("pcaps") is { } folder ? [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order()] : ["(none)"];

    public static TheoryData<string> OwnCaptures => [.. SampleCaptures.Files.Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(RealCaptures))]
    public void Every_frame_of_a_real_capture_agrees_with_tshark(string name) => Compare(Path.Combine(SharedData.Require("pcaps"), name));

    [Theory]
    [MemberData(nameof(OwnCaptures))]
    public void Every_frame_of_our_own_captures_agrees_with_tshark(string name) => Compare(Path.Combine(SampleCaptures.Folder, name));

    private static void Compare(string capture)
    {
        var theirs = Tshark.Fields(capture, Fields).Select(row => new TsharkFrame(Fields, row)).ToList();
        var (frames, _) = Captures.Read(File.ReadAllBytes(capture));
        Assert.Equal(theirs.Count, frames.Count);
        var differences = new List<string>();
        for (var i = 0; i < frames.Count; i++)
        {
            var packet = new Packet();
            var failure = PacketDecoder.Decode(frames[i].Frame, ref packet);
            foreach (var (field, expected, actual) in Differences(theirs[i], packet, failure))
                if (expected != actual) differences.Add($"frame {i + 1}: {field}: tshark {expected}, we {actual} ({failure.Reason})");
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    private static IEnumerable<(string Field, long? Theirs, long? Ours)> Differences(
        TsharkFrame tshark, Packet packet, DecodeFailure failure)
    {
        yield return ("length", tshark["frame.len"], packet.WireLength);
        yield return ("arp", tshark.Has("arp"), packet.Network == NetworkProtocol.Arp ? 1 : 0);
        if (packet.VlanDepth > 0) yield return ("vlan", tshark.Last("vlan.id"), packet.VlanId);
        if (packet.Network == NetworkProtocol.Arp) yield return ("arp operation", tshark["arp.opcode"], packet.ArpOperation);
        // A header that ends early or contradicts itself we do not count; tshark counts what it began to read.
        if (failure.IsFailure) yield break;

        yield return ("ipv4", tshark.Has("ip"), packet.Network == NetworkProtocol.IPv4 ? 1 : 0);
        yield return ("ipv6", tshark.Has("ipv6"), packet.Network == NetworkProtocol.IPv6 ? 1 : 0);
        yield return ("tcp", tshark.Has("tcp"), packet.Transport == TransportProtocol.Tcp ? 1 : 0);
        yield return ("udp", tshark.Has("udp"), packet.Transport == TransportProtocol.Udp ? 1 : 0);
        yield return ("icmp", tshark.Has("icmp"), packet.Transport == TransportProtocol.Icmp ? 1 : 0);
        yield return ("icmpv6", tshark.Has("icmpv6"), packet.Transport == TransportProtocol.IcmpV6 ? 1 : 0);
        yield return ("igmp", tshark.Has("igmp"), packet.Transport == TransportProtocol.Igmp ? 1 : 0);
        if (packet.Network == NetworkProtocol.IPv4)
        {
            yield return ("ip length", tshark["ip.len"], packet.NetworkLength);
            yield return ("ttl", tshark["ip.ttl"], packet.TimeToLive);
            // Versions differ in whether the offset is in bytes or in units of eight.
            yield return ("later fragment", tshark["ip.frag_offset"] > 0 ? 1 : 0, packet.FragmentOffset > 0 ? 1 : 0);
        }
        if (packet.Network == NetworkProtocol.IPv6) yield return ("hop limit", tshark["ipv6.hlim"], packet.TimeToLive);
        if (packet.Transport == TransportProtocol.Icmp) yield return ("icmp type", tshark["icmp.type"], packet.IcmpType);
        if (packet.Transport == TransportProtocol.IcmpV6) yield return ("icmpv6 type", tshark["icmpv6.type"], packet.IcmpType);
        if (packet.Transport == TransportProtocol.Udp)
        {
            yield return ("source port", tshark["udp.srcport"], packet.SourcePort);
            if (!packet.IsFragment) yield return ("udp length", tshark["udp.length"], packet.PayloadLength + 8);
        }
        if (packet.Transport == TransportProtocol.Tcp)
        {
            yield return ("source port", tshark["tcp.srcport"], packet.SourcePort);
            yield return ("destination port", tshark["tcp.dstport"], packet.DestinationPort);
            yield return ("flags", tshark["tcp.flags"] & 0xFF, (long)packet.TcpFlags);
            yield return ("sequence", tshark["tcp.seq_raw"], packet.TcpSequence);
            yield return ("window", tshark["tcp.window_size_value"], packet.TcpWindow);
            yield return ("payload", tshark["tcp.len"], packet.PayloadLength);
        }
        var isMessage = !packet.ApplicationTraits.HasFlag(ApplicationTraits.Continuation);
        yield return ("dns", tshark.Has("dns") | tshark.Has("mdns"), packet.Application == ApplicationProtocol.Dns && isMessage ? 1 : 0);
        yield return ("dhcp", tshark.Has("dhcp"), packet.Application == ApplicationProtocol.Dhcp ? 1 : 0);
        yield return ("coap", tshark.Has("coap"), packet.Application == ApplicationProtocol.CoAP ? 1 : 0);
        yield return ("ntp", tshark.Has("ntp"), packet.Application == ApplicationProtocol.Ntp ? 1 : 0);
        if (packet.Application == ApplicationProtocol.Dhcp)
            yield return ("dhcp type", tshark["dhcp.option.dhcp"] ?? 0, packet.ApplicationMessageType);
        if (packet.Application != ApplicationProtocol.Mqtt) yield return ("mqtt", tshark.Has("mqtt"), 0);
        else if (isMessage && packet.MqttMalformed == 0)
            for (var type = 0; type < 16; type++) yield return ($"mqtt {type}", tshark.Count("mqtt.msgtype", type), packet.MqttCount(type));
    }
}
