using IoMTAD.Local.Capture.Simulation.Devices;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>Gives out an attack's parts by its seed and puts it on the timeline.</summary>
internal static class AttackFactory
{
    private static readonly string[] Talkative =
        [DeviceKind.BedsideMonitor, DeviceKind.InfusionPump, DeviceKind.Ventilator, DeviceKind.PulseOximeter, DeviceKind.EcgWearable];

    private static readonly string[] OverTcp = [DeviceKind.BedsideMonitor, DeviceKind.InfusionPump, DeviceKind.Ventilator];

    private static readonly string[] WithWebPage = [DeviceKind.BedsideMonitor, DeviceKind.InfusionPump, DeviceKind.Hl7Gateway];

    public static PlannedAttack Start(ScheduledAttack scheduled, Ward ward, Timeline timeline, WardOptions options)
    {
        var scenario = AttackCatalog.Find(scheduled.Name)
            ?? throw new ArgumentException($"no attack is named '{scheduled.Name}': see the catalogue of attacks", nameof(scheduled));
        if (scheduled.Start < options.Start)
            throw new ArgumentException($"{scenario.Name} starts at {scheduled.Start:u}, before the ward at {options.Start:u}",
                nameof(scheduled));
        var random = new SimulationRandom(options.Seed, $"attack/{scenario.Name}/{scheduled.Seed}");
        var end = scheduled.Start + (scheduled.Duration ?? scenario.DefaultDuration);
        var victims = Victims(scenario.Name, scheduled.Victim, ward, random);
        // The caches of the device's peers are poisoned as well as its own.
        if (scenario.Category == AttackCategory.Spoofing) victims.AddRange([ward.Router, ward.Broker]);
        var attackers = Attackers(scenario, random);
        var context = new AttackContext(ward, timeline, random, Nano.At(scheduled.Start), Nano.At(end), victims, attackers);
        timeline.Schedule(Make(scenario.Name, context), context.Start);
        return new PlannedAttack(scenario, scheduled.Start, end,
            [.. victims.Select(v => ward.Inventory.Find(v.MacText))], [.. attackers.Select(a => a.MacText)]);
    }

    private static Attack Make(string name, AttackContext context) => name switch
    {
        "ARP_Spoofing" => new ArpSpoofing(context),
        "MQTT-DDoS-Connect_Flood" or "MQTT-DoS-Connect_Flood" => new MqttConnectFlood(context),
        "MQTT-DDoS-Publish_Flood" or "MQTT-DoS-Publish_Flood" => new MqttPublishFlood(context),
        "MQTT-Malformed_Data" => new MqttMalformedData(context),
        "Recon-OS_Scan" => new OsScan(context),
        "Recon-Ping_Sweep" => new PingSweep(context),
        "Recon-Port_Scan" => new PortScan(context),
        "Recon-VulScan" => new VulnerabilityScan(context),
        "TCP_IP-DDoS-ICMP" or "TCP_IP-DoS-ICMP" => new IcmpFlood(context),
        "TCP_IP-DDoS-SYN" or "TCP_IP-DoS-SYN" => new SynFlood(context),
        "TCP_IP-DDoS-TCP" or "TCP_IP-DoS-TCP" => new TcpFlood(context),
        "TCP_IP-DDoS-UDP" or "TCP_IP-DoS-UDP" => new UdpFlood(context),
        "Malfunction-Device_Silent" => new DeviceSilent(context),
        "Malfunction-Device_Chattering" => new DeviceChattering(context),
        _ => throw new InvalidOperationException($"{name} is in the catalogue but nothing carries it out"),
    };

    private static List<Host> Victims(string name, string? wanted, Ward ward, SimulationRandom random)
    {
        var (count, candidates) = name switch
        {
            "Recon-Ping_Sweep" => (int.MaxValue, ward.OnSwitch.Where(PingSweep.Reaches)),
            "Recon-OS_Scan" => (4, ward.OnSwitch),
            "Recon-Port_Scan" => (3, ward.OnSwitch),
            "Recon-VulScan" => (3, ward.Devices.Where(d => WithWebPage.Contains(d.Kind))),
            "ARP_Spoofing" => (1, ward.Devices.Where(d => OverTcp.Contains(d.Kind))),
            "Malfunction-Device_Silent" => (1, ward.OfKind(DeviceKind.BedsideMonitor)),
            "Malfunction-Device_Chattering" => (1, ward.OfKind(DeviceKind.InfusionPump)),
            _ when name.StartsWith("MQTT", StringComparison.Ordinal) => (1, [ward.Broker]),
            _ => (1, ward.Devices.Where(d => Talkative.Contains(d.Kind)).Append(ward.Broker)),
        };
        var all = candidates.ToArray();
        if (wanted is not null)
        {
            var known = string.Join(", ", all.Select(h => h.Id));
            return [all.FirstOrDefault(h => h.Id == wanted)
                ?? throw new ArgumentException($"{name} cannot be aimed at '{wanted}': it takes {known}", nameof(wanted))];
        }
        if (count >= all.Length) return [.. all];
        var order = Enumerable.Range(0, all.Length).ToArray();
        random.Shuffle(order);
        return [.. order.Take(count).Select(i => all[i])];
    }

    private static List<Host> Attackers(AttackScenario scenario, SimulationRandom random)
    {
        if (scenario.Category == AttackCategory.Malfunction) return [];
        var count = scenario.Name.Contains("DDoS", StringComparison.Ordinal) ? random.Between(3, 8) : 1;
        var mac = 0x0266_0D00_0000 + ((ulong)random.Next16() << 8);
        var address = Ward.Network + (uint)random.Between(200, 240);
        return [.. Enumerable.Range(0, count).Select(i =>
            new Host($"rogue-{i + 1}", "rogue", mac + (ulong)i, address + (uint)i, TcpStack.Linux))];
    }
}
