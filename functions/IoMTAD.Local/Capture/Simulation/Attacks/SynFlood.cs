using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary><c>hping3 -S --flood</c>: connection requests, window 512, no options. The victim's backlog soon is full.</summary>
internal sealed class SynFlood(AttackContext context) : PacketFlood(context, answersPerSecond: 12)
{
    private readonly int port = Array.Find([1883, 80, 443], context.Victim.Listens) is var open and > 0 ? open : 80;
    private uint sequence;

    protected override void Send(long time, in Route route, ushort ipId)
    {
        sequence = Random.Next32();
        TcpSegments.Send(Timeline, time, route, new TcpSegment
        {
            SourcePort = SourcePort, DestinationPort = port, Sequence = sequence, Acknowledgment = Random.Next32(),
            Flags = TcpSegments.Syn, Window = 512, IpId = ipId,
        }, [], []);
    }

    protected override void Answer(long time, in Route route)
    {
        var listens = Context.Victim.Listens(port);
        var answer = new TcpSegment
        {
            SourcePort = port, DestinationPort = SourcePort, Acknowledgment = sequence + 1, Sequence = listens ? Random.Next32() : 0,
            Flags = TcpSegments.Ack | (listens ? TcpSegments.Syn : TcpSegments.Rst),
            Window = listens ? Context.Victim.Stack.Window : (ushort)0, DontFragment = Context.Victim.Stack.DontFragment,
        };
        TcpSegments.Send(Timeline, time, route, answer, listens ? TcpStack.SegmentSizeOnly : [], []);
        if (!listens || Distributed) return;
        // The attacker's kernel knows of no connection.
        TcpSegments.Send(Timeline, time + 60 * Nano.Microsecond, route.Reverse(64), new TcpSegment
        {
            SourcePort = SourcePort, DestinationPort = port, Sequence = sequence + 1, Flags = TcpSegments.Rst, DontFragment = true,
        }, [], []);
    }
}
