using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary><c>hping3 -1 --flood</c>: echo requests without data.</summary>
internal sealed class IcmpFlood(AttackContext context) : PacketFlood(context, answersPerSecond: 150)
{
    private readonly ushort identifier = context.Random.Next16();
    private ushort sequence;

    protected override void Send(long time, in Route route, ushort ipId)
    {
        sequence += 256; // hping3 counts in its machine's byte order
        IcmpFrames.Echo(Timeline, time, route, reply: false, identifier, sequence, [], ipId, dontFragment: false);
    }

    protected override void Answer(long time, in Route route) =>
        IcmpFrames.Echo(Timeline, time, route, reply: true, identifier, sequence, [], Context.Victim.NextIpId(), dontFragment: false);
}
