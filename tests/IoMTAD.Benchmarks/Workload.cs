using System.Buffers;
using IoMTAD.Capture;
using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Capture.Simulation.Attacks;

namespace IoMTAD.Benchmarks;

/// <summary>Simulated traffic of one kind: the capture, and the segments that it is cut into.</summary>
internal sealed record Workload(string Name, byte[] Capture, Segment[] Segments, int Packets, DeviceInventory Inventory)
{
    private const int AttackRounds = 10;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Start = new WardOptions().Start;

    /// <summary>A calm ward: short segments, since most devices send a few packets a second.</summary>
    public static Workload Benign(int packets) => Simulate("calm ward", [], Start, packets, TimeSpan.FromHours(2));

    /// <summary>A calm ward for a stretch of ward time.</summary>
    public static Workload Calm(TimeSpan length) => Simulate("calm ward", [], Start, int.MaxValue, length);

    /// <summary>Each attack for two seconds, five seconds of calm between them, one round of them after another.</summary>
    public static Workload Attacks(int packets)
    {
        var from = Start + TimeSpan.FromSeconds(30);
        var plan = Enumerable.Range(0, AttackRounds).SelectMany(round => AttackCatalog.All.Select(scenario => (scenario.Name, Seed: round)))
            .Select((attack, i) => new ScheduledAttack(attack.Name, from + 7 * i * Second, 2 * Second, attack.Seed)).ToArray();
        return Simulate("ward with attacks", plan, Start, packets, TimeSpan.FromHours(1));
    }

    public static Workload SynFlood(int packets) => Flood("SYN flood", "TCP_IP-DoS-SYN", packets);

    public static Workload Publishes(int packets) => Flood("MQTT publishes", "MQTT-DoS-Publish_Flood", packets);

    private static Workload Flood(string name, string attack, int packets)
    {
        var from = Start + TimeSpan.FromSeconds(10);
        return Simulate(name, [new ScheduledAttack(attack, from, TimeSpan.FromHours(1), Seed: 1)], from, packets, TimeSpan.FromHours(1));
    }

    private static Workload Simulate(string name, ScheduledAttack[] attacks, DateTimeOffset from, int packets, TimeSpan most)
    {
        var simulation = new WardSimulation(new WardOptions { Seed = 1 }, attacks);
        var capture = new ArrayBufferWriter<byte>();
        PcapWriter.WriteHeader(capture, LinkType.Ethernet);
        var segmenter = new Segmenter(simulation.Inventory, "benchmark");
        var written = 0;
        simulation.RunUntil(from, (in _) => { });
        for (var now = from; written < packets && now < from + most;)
        {
            now += TimeSpan.FromMilliseconds(100);
            simulation.RunUntil(now, (in frame) =>
            {
                PcapWriter.WriteFrame(capture, frame);
                segmenter.Add(frame);
                written++;
            });
        }
        segmenter.Flush();
        var segments = new List<Segment>();
        while (segmenter.TryTake(out var segment)) segments.Add(segment);
        return new(name, capture.WrittenSpan.ToArray(), [.. segments], written, simulation.Inventory);
    }
}
