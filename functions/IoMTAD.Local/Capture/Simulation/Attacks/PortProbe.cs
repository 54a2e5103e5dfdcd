using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>nmap's half-open probe (-sS) and what comes of it.</summary>
internal sealed class PortProbe(AttackContext context)
{
    private readonly int sourcePort = context.Random.Between(33_000, 65_000);
    private readonly uint sequence = context.Random.Next32();

    public void Send(long time, Host victim, int port)
    {
        var ttl = (byte)context.Random.Between(37, 60);
        var to = Route.Between(context.Attacker, victim) with { Ttl = ttl };
        TcpSegments.Send(context.Timeline, time, to, new TcpSegment
        {
            SourcePort = sourcePort, DestinationPort = port, Sequence = sequence, Flags = TcpSegments.Syn, Window = 1024,
            IpId = context.Random.Next16(),
        }, TcpStack.SegmentSizeOnly, []);
        Answer(time + context.Random.Between(120 * Nano.Microsecond, 500 * Nano.Microsecond), victim, port);
    }

    private void Answer(long time, Host victim, int port)
    {
        var listens = victim.Listens(port);
        TcpSegments.Send(context.Timeline, time, Route.Between(victim, context.Attacker), new TcpSegment
        {
            SourcePort = port, DestinationPort = sourcePort, Acknowledgment = sequence + 1,
            Sequence = listens ? context.Random.Next32() : 0,
            Flags = TcpSegments.Ack | (listens ? TcpSegments.Syn : TcpSegments.Rst),
            Window = listens ? victim.Stack.Window : (ushort)0, DontFragment = victim.Stack.DontFragment,
            IpId = victim.NextIpId(),
        }, listens ? TcpStack.SegmentSizeOnly : [], []);
        if (!listens) return;
        // The scanner's kernel knows of no connection.
        TcpSegments.Send(context.Timeline, time + 70 * Nano.Microsecond, Route.Between(context.Attacker, victim), new TcpSegment
        {
            SourcePort = sourcePort, DestinationPort = port, Sequence = sequence + 1, Flags = TcpSegments.Rst, DontFragment = true,
        }, [], []);
    }
}
