using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>
/// What the floods below have in common with <c>hping3 --flood</c>: a packet about every millisecond, from one port after another.
/// </summary>
/// <remarks>Several attackers send from random addresses, so that the answers leave by the router; one sends under its own.</remarks>
internal abstract class PacketFlood(AttackContext context, int answersPerSecond) : Attack(context)
{
    private readonly long interval = Nano.Second / context.Random.Between(700, 1600);
    private double answersLeft = answersPerSecond;
    private long lastPacket = context.Start;

    protected int SourcePort { get; private set; } = context.Random.Between(1024, 30_000);

    protected bool Distributed => Context.Attackers.Count > 1;

    protected override long Begin(long now)
    {
        foreach (var attacker in Context.Attackers)
            now = ArpFrames.Resolve(Timeline, Random, now, attacker, Context.Victim) + 200 * Nano.Microsecond;
        lastPacket = now;
        return now;
    }

    protected override long Step(long now)
    {
        // The victim answers what its processor allows and not more.
        answersLeft = Math.Min(answersPerSecond, answersLeft + (double)(now - lastPacket) / Nano.Second * answersPerSecond);
        lastPacket = now;
        var attacker = Context.Attackers[Random.Below(Context.Attackers.Count)];
        SourcePort = SourcePort % 65_535 + 1;
        var source = Distributed ? RandomAddress() : attacker.Ip;
        Send(now, new Route(attacker.Mac, Context.Victim.Mac, source, Context.Victim.Ip, 64), Random.Next16());
        if (answersLeft >= 1)
        {
            answersLeft--;
            var back = Distributed ? Context.Ward.Router.Mac : attacker.Mac;
            var route = new Route(Context.Victim.Mac, back, Context.Victim.Ip, source, Context.Victim.Stack.Ttl);
            Answer(now + Random.Between(120 * Nano.Microsecond, 500 * Nano.Microsecond), route);
        }
        return now + Random.Around(interval, 0.25);
    }

    protected abstract void Send(long time, in Route route, ushort ipId);

    /// <summary>The victim's answer to the packet just sent.</summary>
    protected abstract void Answer(long time, in Route route);

    private uint RandomAddress()
    {
        var address = Random.Next32();
        return (address & 0x00FF_FFFF) | (uint)Random.Between(11, 200) << 24;
    }
}
