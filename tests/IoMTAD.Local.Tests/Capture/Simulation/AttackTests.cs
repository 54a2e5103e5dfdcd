using System.Buffers.Binary;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Tests.Capture.Simulation;

public sealed class AttackTests
{
    private const int Syn = 2, Psh = 8, Ack = 16;

    [Theory]
    [InlineData("TCP_IP-DoS-SYN", 6, 1)]
    [InlineData("TCP_IP-DDoS-SYN", 6, 3)]
    [InlineData("TCP_IP-DoS-TCP", 6, 1)]
    [InlineData("TCP_IP-DDoS-TCP", 6, 3)]
    [InlineData("TCP_IP-DoS-UDP", 17, 1)]
    [InlineData("TCP_IP-DDoS-UDP", 17, 3)]
    [InlineData("TCP_IP-DoS-ICMP", 1, 1)]
    [InlineData("TCP_IP-DDoS-ICMP", 1, 3)]
    public void A_packet_flood_is_of_one_protocol_to_one_victim(string name, int protocol, int atLeastAttackers)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var (attack, all) = SimulatedCapture.During(name, seed: seed);
            var frames = SimulatedCapture.ByAttackers(attack, all);
            var victim = SimulatedCapture.Mac(Assert.Single(attack.Victims).Address);
            Assert.InRange(frames.Count, 500 * 5, 2000 * 5);
            var aimed = frames.Count(f => f.Destination == victim && f.EtherType == 0x0800 && f.Bytes[23] == protocol && IsRight(name, f));
            Assert.True(aimed > 0.95 * frames.Count, $"{aimed} of {frames.Count}");
            Assert.Equal(attack.Attackers.Count, frames.Select(f => f.Source).Distinct().Count());
            Assert.True(attack.Attackers.Count >= atLeastAttackers);
            var addresses = frames.Where(f => f.EtherType == 0x0800).Select(f =>
                BinaryPrimitives.ReadUInt32BigEndian(f.Bytes.AsSpan(26))).Distinct().Count();
            if (atLeastAttackers > 1) Assert.True(addresses > 1000);
            else Assert.Equal(1, addresses);
        }

        static bool IsRight(string attack, SimulatedFrame f) =>
            attack.EndsWith("SYN", StringComparison.Ordinal) ? f.TcpFlags == Syn
            : !attack.EndsWith("-TCP", StringComparison.Ordinal) || f.TcpFlags == (Psh | Ack);
    }

    [Theory]
    [InlineData("MQTT-DoS-Connect_Flood", 0x10, 80)]
    [InlineData("MQTT-DDoS-Connect_Flood", 0x10, 80)]
    [InlineData("MQTT-DoS-Publish_Flood", 0x30, 450)]
    [InlineData("MQTT-DDoS-Publish_Flood", 0x30, 450)]
    public void An_mqtt_flood_repeats_its_packet_at_the_broker(string name, int type, int perSecond)
    {
        var (attack, all) = SimulatedCapture.During(name, seconds: 4);
        Assert.Equal("broker-01", Assert.Single(attack.Victims).Id);
        var packets = SimulatedCapture.ByAttackers(attack, all).Count(f =>
            f.IsTcp && Payload(f) is [var first, ..] && (first & 0xF0) == type);
        Assert.InRange(packets, perSecond * 4, 1200 * 4);
    }

    [Fact]
    public void Tshark_too_calls_the_malformed_mqtt_malformed()
    {
        var simulation = SimulatedCapture.Attacked("MQTT-Malformed_Data", 5);
        var malformed = Tshark.Fields(SimulatedCapture.Pcap(simulation, simulation.Attacks[0].End), "mqtt && _ws.malformed", "eth.src");
        Assert.True(malformed.Count > 50);
        Assert.All(malformed, m => Assert.Contains(m[0], simulation.Attacks[0].Attackers));
    }

    [Fact]
    public void A_ping_sweep_asks_for_every_address_and_pings_those_that_answer()
    {
        var (attack, all) = SimulatedCapture.During("Recon-Ping_Sweep", seconds: 20);
        var frames = SimulatedCapture.ByAttackers(attack, all);
        Assert.Equal(253, frames.Where(f => f.EtherType == 0x0806).Select(f =>
            BinaryPrimitives.ReadUInt32BigEndian(f.Bytes.AsSpan(38))).Distinct().Count());
        Assert.Equal(attack.Victims.Count, frames.Where(f => f.EtherType == 0x0800).Select(f => f.Destination).Distinct().Count());
        Assert.True(attack.Victims.Count > 20);
    }

    [Fact]
    public void A_port_scan_tries_a_thousand_ports_of_each_victim_half_open()
    {
        var (attack, all) = SimulatedCapture.During("Recon-Port_Scan", seconds: 25);
        var frames = SimulatedCapture.ByAttackers(attack, all).Where(f => f.IsTcp && f.TcpFlags == Syn).ToArray();
        foreach (var victim in attack.Victims)
        {
            var probes = frames.Where(f => f.Destination == SimulatedCapture.Mac(victim.Address)).ToArray();
            Assert.Equal(1000, probes.Select(f => BinaryPrimitives.ReadUInt16BigEndian(f.Bytes.AsSpan(36))).Distinct().Count());
            Assert.All(probes, f => Assert.Equal(1024, BinaryPrimitives.ReadUInt16BigEndian(f.Bytes.AsSpan(48))));
        }
    }

    [Fact]
    public void An_operating_system_scan_sends_its_odd_flags_to_every_victim()
    {
        var (attack, all) = SimulatedCapture.During("Recon-OS_Scan", seconds: 25);
        var frames = SimulatedCapture.ByAttackers(attack, all).Where(f => f.IsTcp).ToArray();
        foreach (var victim in attack.Victims)
            Assert.Contains(frames, f => f.Destination == SimulatedCapture.Mac(victim.Address) && f.TcpFlags == 0x29);
    }

    [Fact]
    public void A_vulnerability_scan_asks_for_many_paths()
    {
        var (attack, all) = SimulatedCapture.During("Recon-VulScan", seconds: 30);
        var paths = SimulatedCapture.ByAttackers(attack, all).Where(f => f.IsTcp && Payload(f).StartsWith("GET "u8))
            .Select(f => System.Text.Encoding.ASCII.GetString(Payload(f)).Split(' ')[1]).Distinct(StringComparer.Ordinal);
        Assert.True(paths.Count() > 20);
    }

    [Fact]
    public void Arp_spoofing_claims_the_victims_address_and_relays_what_comes()
    {
        var (attack, all) = SimulatedCapture.During("ARP_Spoofing", seconds: 20);
        var victim = SimulatedCapture.Mac(attack.Victims[0].Address);
        Assert.Equal(["router-01", "broker-01"], attack.Victims.Skip(1).Select(v => v.Id));
        var attacker = SimulatedCapture.Mac(Assert.Single(attack.Attackers));
        var forged = all.Count(f => f.EtherType == 0x0806 && f.Bytes[21] == 2 && f.Source == attacker);
        Assert.InRange(forged, 20 * 4 - 8, 20 * 4 + 8);
        var intercepted = all.Where(f => f.EtherType == 0x0800 && f.Source == victim && f.Destination == attacker).ToArray();
        var relayed = all.Where(f => f.EtherType == 0x0800 && f.Source == attacker).Select(f =>
            Convert.ToHexString(f.Bytes, 14, f.Bytes.Length - 14)).ToHashSet(StringComparer.Ordinal);
        Assert.True(intercepted.Length > 40);
        Assert.All(intercepted.SkipLast(3), f => Assert.Contains(Convert.ToHexString(f.Bytes, 14, f.Bytes.Length - 14), relayed));
    }

    [Fact]
    public void A_silent_device_neither_sends_nor_receives_and_then_boots()
    {
        var simulation = SimulatedCapture.Attacked("Malfunction-Device_Silent", 30);
        var attack = simulation.Attacks[0];
        var victim = SimulatedCapture.Mac(Assert.Single(attack.Victims).Address);
        Assert.StartsWith("monitor-", attack.Victims[0].Id, StringComparison.Ordinal);
        Assert.Empty(attack.Attackers);
        Assert.Contains(SimulatedCapture.Frames(simulation, attack.Start), f => f.Source == victim);
        Assert.DoesNotContain(SimulatedCapture.Frames(simulation, attack.End), f => f.Source == victim || f.Destination == victim);
        var after = SimulatedCapture.Frames(simulation, attack.End.AddSeconds(10)).Where(f => f.Source == victim).ToArray();
        Assert.Contains(after, f => f.IsTcp && f.TcpFlags == Syn);
        Assert.True(after.Length > 30);
    }

    [Fact]
    public void A_chattering_pump_sends_twenty_to_forty_times_as_much_and_then_stops()
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            var simulation = SimulatedCapture.Attacked("Malfunction-Device_Chattering", 30, seed);
            var attack = simulation.Attacks[0];
            var pump = SimulatedCapture.Mac(Assert.Single(attack.Victims).Address);
            int Published(IEnumerable<SimulatedFrame> frames) =>
                frames.Count(f => f.Source == pump && f.IsTcp && Payload(f) is [var first, ..] && (first & 0xF0) == 0x30);
            Published(SimulatedCapture.Frames(simulation, attack.Start.AddSeconds(2)));
            Assert.InRange(Published(SimulatedCapture.Frames(simulation, attack.End)) / 28.0, 17, 45);
            Published(SimulatedCapture.Frames(simulation, attack.End.AddSeconds(2)));
            Assert.InRange(Published(SimulatedCapture.Frames(simulation, attack.End.AddSeconds(22))) / 20.0, 0.8, 1.5);
        }
    }

    private static ReadOnlySpan<byte> Payload(SimulatedFrame f)
    {
        var end = 14 + BinaryPrimitives.ReadUInt16BigEndian(f.Bytes.AsSpan(16));
        return f.Bytes.AsSpan((34 + (f.Bytes[46] >> 4) * 4)..end);
    }
}
