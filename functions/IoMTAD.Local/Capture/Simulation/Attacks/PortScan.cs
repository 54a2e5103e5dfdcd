using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary><c>nmap -sS</c>: a thousand ports of each victim, the best known early, the rest in random order.</summary>
internal sealed class PortScan : Attack
{
    private readonly PortProbe probe;
    private readonly int[] ports;
    private readonly long interval;
    private int next;

    public PortScan(AttackContext context) : base(context)
    {
        probe = new PortProbe(context);
        ports = ScanPorts.InProbeOrder(context.Random, 1000);
        interval = (context.End - context.Start) * 95 / 100 / (ports.Length * context.Victims.Count);
    }

    protected override long Begin(long now)
    {
        foreach (var victim in Context.Victims)
            now = ArpFrames.Resolve(Timeline, Random, now, Context.Attacker, victim) + 2 * Nano.Millisecond;
        return now + 100 * Nano.Millisecond;
    }

    protected override long Step(long now)
    {
        if (next == ports.Length * Context.Victims.Count) return Nano.Never;
        // Hosts are scanned side by side, each port on all of them.
        probe.Send(now, Context.Victims[next % Context.Victims.Count], ports[next / Context.Victims.Count]);
        next++;
        return now + Random.Around(interval, 0.35);
    }
}
