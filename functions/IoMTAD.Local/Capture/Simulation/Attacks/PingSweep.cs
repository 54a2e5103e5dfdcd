using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>
/// Every address of the /24 in turn: who has it, and if somebody does, two echo requests. Absent hosts are asked for three times.
/// </summary>
internal sealed class PingSweep(AttackContext context) : Attack(context)
{
    private const int Last = 254;
    private readonly Dictionary<uint, Host> present = context.Ward.OnSwitch.ToDictionary(h => h.Ip);
    private readonly ushort identifier = context.Random.Next16();
    private readonly long interval = (context.End - context.Start) / (Last + 20);
    private uint next = 1;

    public static bool Reaches(Host host) => host.Ip - Ward.Network is > 0 and <= Last;

    protected override long Step(long now)
    {
        if (next > Last) return Nano.Never;
        var address = Ward.Network + next++;
        if (present.TryGetValue(address, out var host)) Ping(now, host);
        else Seek(now, address);
        return now + Random.Around(interval, 0.15);
    }

    private void Ping(long time, Host host)
    {
        time = ArpFrames.Resolve(Timeline, Random, time, Context.Attacker, host);
        for (ushort sequence = 0; sequence < 2; sequence++)
        {
            time += 150 * Nano.Microsecond;
            IcmpFrames.Echo(Timeline, time, Route.Between(Context.Attacker, host), reply: false, identifier, sequence,
                IcmpFrames.PingData, Random.Next16());
            time += Random.Between(200 * Nano.Microsecond, 700 * Nano.Microsecond);
            IcmpFrames.Echo(Timeline, time, Route.Between(host, Context.Attacker), reply: true, identifier, sequence, IcmpFrames.PingData,
                host.NextIpId(), dontFragment: false);
        }
    }

    private void Seek(long time, uint address)
    {
        for (var tries = 0; tries < 3 && time < Context.End; tries++)
        {
            if (address != Context.Attacker.Ip) ArpFrames.Request(Timeline, time, Context.Attacker.Mac, Context.Attacker.Ip, address);
            time += Random.Around(Nano.Second, 0.02);
        }
    }
}
