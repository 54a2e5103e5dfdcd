using static IoMTAD.Local.Capture.Simulation.AttackCategory;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>The eighteen attacks of CICIoMT2024 under the dataset's own names, and two malfunctions.</summary>
public static class AttackCatalog
{
    private const string DenialOfService = "T0814", AdversaryInTheMiddle = "T0830", RemoteSystemDiscovery = "T0846",
        SystemInformation = "T0888", VulnerabilityScanning = "T1595.002";

    public static IReadOnlyList<AttackScenario> All { get; } =
    [
        Of("ARP_Spoofing", Spoofing, 20, AdversaryInTheMiddle, "Poisons a device's and its peers' ARP caches and relays what they say"),
        Flood("MQTT-DDoS-Connect_Flood", Mqtt, "Several machines open MQTT sessions without end"),
        Flood("MQTT-DDoS-Publish_Flood", Mqtt, "Several machines publish to the broker without pause"),
        Flood("MQTT-DoS-Connect_Flood", Mqtt, "One machine opens MQTT sessions without end"),
        Flood("MQTT-DoS-Publish_Flood", Mqtt, "One machine publishes to the broker without pause"),
        Flood("MQTT-Malformed_Data", Mqtt, "Control packets that break the MQTT standard, as a fuzzer sends them"),
        Of("Recon-OS_Scan", Recon, 25, SystemInformation, "Probes that tell operating systems apart by their TCP/IP stacks"),
        Of("Recon-Ping_Sweep", Recon, 20, RemoteSystemDiscovery, "Asks every address of the subnet whether it is there"),
        Of("Recon-Port_Scan", Recon, 25, RemoteSystemDiscovery, "Half-open probes of the thousand usual TCP ports"),
        Of("Recon-VulScan", Recon, 30, VulnerabilityScanning, "Requests for known weak paths, and banners of old services"),
        Flood("TCP_IP-DDoS-ICMP", DDoS, "Echo requests from several machines and random addresses"),
        Flood("TCP_IP-DDoS-SYN", DDoS, "Connection requests from several machines and random addresses"),
        Flood("TCP_IP-DDoS-TCP", DDoS, "Segments of no connection from several machines and random addresses"),
        Flood("TCP_IP-DDoS-UDP", DDoS, "Datagrams from several machines and random addresses"),
        Flood("TCP_IP-DoS-ICMP", DoS, "Echo requests from one machine"),
        Flood("TCP_IP-DoS-SYN", DoS, "Connection requests from one machine"),
        Flood("TCP_IP-DoS-TCP", DoS, "Segments of no connection from one machine"),
        Flood("TCP_IP-DoS-UDP", DoS, "Datagrams from one machine"),
        Of("Malfunction-Device_Silent", Malfunction, 30, null, "A bedside monitor stops talking, then starts anew"),
        Of("Malfunction-Device_Chattering", Malfunction, 30, null, "An infusion pump repeats its messages twenty to forty times as often"),
    ];

    /// <summary>The scenario of that name (case does not matter), or null.</summary>
    public static AttackScenario? Find(string name) =>
        All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static AttackScenario Flood(string name, AttackCategory category, string description) =>
        Of(name, category, 10, DenialOfService, description);

    private static AttackScenario Of(string name, AttackCategory category, int seconds, string? technique, string description) =>
        new(name, category, TimeSpan.FromSeconds(seconds), IsSlow: category == Recon, description, technique);
}
