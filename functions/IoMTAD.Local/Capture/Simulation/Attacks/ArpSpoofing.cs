using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>
/// Unsolicited replies every second tell the victim that its peers, and its peers that the victim, are at the attacker's MAC; what
/// comes is relayed.
/// </summary>
internal sealed class ArpSpoofing(AttackContext context) : Attack(context), IFrameTap
{
    private readonly Host[] peers = [.. context.Victims.Skip(1)];
    private long lastRelay;

    protected override long Begin(long now)
    {
        foreach (var host in peers.Append(Context.Victim))
            now = ArpFrames.Resolve(Timeline, Random, now, Context.Attacker, host) + 2 * Nano.Millisecond;
        now = Poison(now, Context.Attacker.Mac, Context.Attacker.Mac, Context.Attacker.Mac);
        Timeline.Attach(this);
        return now + Nano.Second;
    }

    protected override long Step(long now)
    {
        Poison(now, Context.Attacker.Mac, Context.Attacker.Mac, Context.Attacker.Mac);
        return now + Random.Around(Nano.Second, 0.004);
    }

    protected override void Finish(long now)
    {
        Timeline.Detach(this);
        // The tool puts the caches right before it leaves.
        Poison(now, Context.Victim.Mac, peers[0].Mac, peers[1].Mac);
    }

    public bool Pass(long now, Span<byte> frame)
    {
        var header = new EthernetHeader(frame);
        if (header.EtherType != 0x0800 || !IsPeer(header)) return true;
        var relay = Math.Max(lastRelay + 5 * Nano.Microsecond, now + Random.Between(60 * Nano.Microsecond, 110 * Nano.Microsecond));
        lastRelay = relay;
        var copy = Timeline.Rent(relay, frame.Length);
        frame.CopyTo(copy);
        EthernetFrames.WriteEthernet(copy, Context.Attacker.Mac, header.Destination, 0x0800);
        EthernetFrames.WriteEthernet(frame, header.Source, Context.Attacker.Mac, 0x0800);
        return true;
    }

    private bool IsPeer(in EthernetHeader header)
    {
        var victim = Context.Victim.Mac;
        foreach (var peer in peers)
            if ((header.Source == victim && header.Destination == peer.Mac) || (header.Source == peer.Mac && header.Destination == victim))
                return true;
        return false;
    }

    private long Poison(long time, ulong victimAt, ulong routerAt, ulong brokerAt)
    {
        var victim = Context.Victim;
        for (var i = 0; i < peers.Length; i++)
        {
            Claim(time, i == 0 ? routerAt : brokerAt, peers[i].Ip, victim);
            time += 300 * Nano.Microsecond;
            Claim(time, victimAt, victim.Ip, peers[i]);
            time += 10 * Nano.Millisecond;
        }
        return time;
    }

    private void Claim(long time, ulong mac, uint ip, Host to) =>
        ArpFrames.Reply(Timeline, time, mac, ip, to.Mac, to.Ip, from: Context.Attacker.Mac);
}
