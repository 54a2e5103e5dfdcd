using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary><c>nmap -O</c>: for each victim in turn a short port scan, then the fingerprinting probes, several rounds of them.</summary>
internal sealed class OsScan : Attack
{
    private const int PortsPerVictim = 120;
    private const int Rounds = 3;
    private readonly PortProbe probe;
    private readonly OsProbes fingerprint;
    private readonly int[] ports;
    private readonly long turnLength;
    private int step;

    public OsScan(AttackContext context) : base(context)
    {
        probe = new PortProbe(context);
        fingerprint = new OsProbes(context);
        ports = ScanPorts.InProbeOrder(context.Random, PortsPerVictim);
        turnLength = (context.End - context.Start) * 95 / 100 / context.Victims.Count;
    }

    protected override long Step(long now)
    {
        const int PerVictim = PortsPerVictim + Rounds;
        var turn = step / PerVictim;
        if (turn >= Context.Victims.Count) return Nano.Never;
        var victim = Context.Victims[turn];
        var at = step % PerVictim;
        step++;
        if (at == 0) now = ArpFrames.Resolve(Timeline, Random, now, Context.Attacker, victim) + 2 * Nano.Millisecond;
        if (at < PortsPerVictim)
        {
            probe.Send(now, victim, ports[at]);
            return now + Random.Around(turnLength * 6 / 10 / PortsPerVictim, 0.3);
        }
        fingerprint.Round(now, victim);
        return now + Math.Max(turnLength * 4 / 10 / Rounds, 900 * Nano.Millisecond);
    }
}
