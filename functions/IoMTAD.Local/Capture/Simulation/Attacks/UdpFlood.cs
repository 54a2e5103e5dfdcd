using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>
/// <c>hping3 --udp -d 120 --flood</c> to one closed port; unreachable messages are rationed as RFC 1812 section 4.3.2.8 asks.
/// </summary>
internal sealed class UdpFlood : PacketFlood
{
    private readonly byte[] data = new byte[120];
    private readonly int port;

    public UdpFlood(AttackContext context) : base(context, answersPerSecond: 6)
    {
        data.AsSpan().Fill((byte)'X');
        port = context.Random.Between(1, 1024);
    }

    protected override void Send(long time, in Route route, ushort ipId) =>
        UdpFrames.Send(Timeline, time, route, SourcePort, port, data, ipId, dontFragment: false);

    protected override void Answer(long time, in Route route) =>
        IcmpFrames.PortUnreachable(Timeline, time, route.Reverse(64), Context.Victim.Stack.Ttl, SourcePort, port, data.Length);
}
