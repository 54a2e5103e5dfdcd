using System.Buffers;
using IoMTAD.Capture;
using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Tests.Capture.Simulation;

/// <summary>Frames of a simulation that a test wants to look at.</summary>
internal sealed record SimulatedFrame(long Time, byte[] Bytes)
{
    public ulong Destination => Mac(0);

    public ulong Source => Mac(6);

    public ushort EtherType => (ushort)(Bytes[12] << 8 | Bytes[13]);

    public bool IsTcp => EtherType == 0x0800 && Bytes[23] == 6;

    public int TcpFlags => Bytes[47];

    private ulong Mac(int at)
    {
        ulong mac = 0;
        for (var i = at; i < at + 6; i++) mac = mac << 8 | Bytes[i];
        return mac;
    }
}

internal static class SimulatedCapture
{
    public static DateTimeOffset Start { get; } = new WardOptions().Start;

    public static List<SimulatedFrame> Frames(WardSimulation simulation, DateTimeOffset until)
    {
        var frames = new List<SimulatedFrame>();
        simulation.RunUntil(until, (in Frame f) => frames.Add(new SimulatedFrame(f.TimestampNanoseconds, f.Bytes.ToArray())));
        return frames;
    }

    public static byte[] Pcap(WardSimulation simulation, DateTimeOffset until)
    {
        var output = new ArrayBufferWriter<byte>(1 << 20);
        PcapWriter.WriteHeader(output, LinkType.Ethernet);
        simulation.RunUntil(until, (in Frame f) => PcapWriter.WriteFrame(output, f));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A ward that is attacked ten seconds after its start, and the frames from the attack's start to its end.</summary>
    public static (PlannedAttack Attack, List<SimulatedFrame> Frames) During(string name, int seconds = 5, int seed = 1)
    {
        var simulation = Attacked(name, seconds, seed);
        var attack = simulation.Attacks[0];
        simulation.RunUntil(attack.Start, (in _) => { });
        return (attack, Frames(simulation, attack.End));
    }

    public static WardSimulation Attacked(string name, int seconds, int seed = 1) =>
        new(new WardOptions { Seed = seed }, [new ScheduledAttack(name, Start.AddSeconds(10), TimeSpan.FromSeconds(seconds), seed)]);

    public static ulong Mac(string text) => DeviceAddress.TryParse(text, out var address) ? (ulong)address.Value : 0;

    /// <summary>Frames that come from the attack's rogue machines.</summary>
    public static List<SimulatedFrame> ByAttackers(PlannedAttack attack, IEnumerable<SimulatedFrame> frames)
    {
        var macs = attack.Attackers.Select(Mac).ToHashSet();
        return [.. frames.Where(f => macs.Contains(f.Source))];
    }
}
