using IoMTAD.Capture;
using IoMTAD.Local.Capture.Simulation.Devices;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>The hosts of the ward: devices, broker, router and PACS on one switch, and the record system behind the router.</summary>
/// <remarks>A device's addresses follow from its kind and number alone, so that more devices of one kind move no other.</remarks>
internal sealed class Ward
{
    public const uint Network = 0x0A14_0000; // 10.20.0.0/16

    private static readonly (string Kind, string Prefix, int Share, TcpStack Stack, int[] Ports)[] Kinds =
    [
        (DeviceKind.BedsideMonitor, "monitor", 5, TcpStack.Linux, [80, 22]),
        (DeviceKind.InfusionPump, "pump", 5, TcpStack.Embedded, [80, 23]),
        (DeviceKind.Ventilator, "ventilator", 2, TcpStack.Linux, [443, 22]),
        (DeviceKind.PulseOximeter, "oximeter", 3, TcpStack.Embedded, []),
        (DeviceKind.GlucoseMeter, "glucose", 2, TcpStack.Embedded, []),
        (DeviceKind.EcgWearable, "ecg", 2, TcpStack.Embedded, []),
        (DeviceKind.ImagingModality, "imaging", 1, TcpStack.Windows, [104, 135, 139, 445]),
        (DeviceKind.Hl7Gateway, "hl7", 1, TcpStack.Linux, [80, 22, 21, 2575]),
    ];

    public Ward(WardOptions options)
    {
        if (options.Devices > 20_000)
            throw new ArgumentException($"a ward of {options.Devices} devices: at most 20000 have addresses", nameof(options));
        Rhythm = new DayRhythm(options.DayRhythm);
        var shares = Kinds.Sum(k => k.Share);
        var devices = new List<Host>();
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            var count = Math.Max(1, (options.Devices - 3) * Kinds[kind].Share / shares);
            for (var i = 0; i < count; i++) devices.Add(MakeHost(kind, i));
        }
        Devices = devices;
        Inventory = new DeviceInventory(devices.Concat([Broker, Router, Pacs])
            .Select(h => new InventoryDevice(h.MacText, h.Id, h.Kind, options.Ward)));
    }

    public Host Router { get; } = new("router-01", "router", 0x021A_F000_0001, Network + 1, TcpStack.Linux, 22, 53, 80);
    public Host Broker { get; } = new("broker-01", "mqtt-broker", 0x021A_F000_0010, Network + 10, TcpStack.Linux, 22, 80, 1883, 8883);
    public Host Pacs { get; } = new("pacs-01", "pacs", 0x021A_F000_0020, Network + 20, TcpStack.Linux, 22, 80, 104);

    /// <summary>The hospital's record system: another network, so its frames come by the router's MAC, one hop older.</summary>
    public Host Records { get; } =
        new("records", "records", 0x021A_F000_0001, 0x0A28_000A, TcpStack.Linux with { Ttl = 63 }, 2575);

    public IReadOnlyList<Host> Devices { get; }

    public DayRhythm Rhythm { get; }

    public DeviceInventory Inventory { get; }

    public IEnumerable<Host> OnSwitch => Devices.Concat([Broker, Router, Pacs]);

    public IEnumerable<Host> OfKind(string kind) => Devices.Where(d => d.Kind == kind);

    private static Host MakeHost(int kind, int index)
    {
        var (name, prefix, _, stack, ports) = Kinds[kind];
        var far = index - 16;
        var address = index < 16
            ? Network + 32 + (uint)(kind * 16 + index)
            : Network + ((uint)(1 + kind * 30 + far / 250) << 8) + (uint)(1 + far % 250);
        var mac = 0x021A_0000_0000 + ((ulong)kind + 1 << 24) + (ulong)index + 1;
        return new Host($"{prefix}-{index + 1:00}", name, mac, address, stack, ports);
    }
}
