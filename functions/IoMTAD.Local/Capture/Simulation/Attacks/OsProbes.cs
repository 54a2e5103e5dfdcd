using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>
/// One round of nmap's second-generation fingerprinting (https://nmap.org/book/osdetect-methods.html): sixteen
/// probes in under a second.
/// </summary>
internal sealed class OsProbes(AttackContext context)
{
    private const int ClosedPort = 31_337;

    // T2 to T7: flags, window, whether to an open port, don't fragment.
    private static readonly (int Flags, ushort Window, bool Open, bool DontFragment)[] Tests =
    [
        (0, 128, true, true),
        (TcpSegments.Syn | TcpSegments.Fin | TcpSegments.Urg | TcpSegments.Psh, 256, true, false),
        (TcpSegments.Ack, 1024, true, true),
        (TcpSegments.Syn, 31337, false, false),
        (TcpSegments.Ack, 32768, false, true),
        (TcpSegments.Fin | TcpSegments.Psh | TcpSegments.Urg, 65535, false, false),
    ];

    private static readonly ushort[] SequenceWindows = [1, 63, 4, 4, 16, 512];

    // Window scale 10, no operation, segment size 1460, timestamp, selective acknowledgments permitted.
    private static readonly byte[] Options =
        [3, 3, 10, 1, 2, 4, 0x05, 0xB4, 8, 10, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 4, 2];

    private static readonly byte[] UdpData = [.. Enumerable.Repeat((byte)'C', 300)];
    private readonly SimulationRandom random = context.Random;
    private readonly byte[] echoData = new byte[150];

    public void Round(long time, Host victim)
    {
        var open = Array.Find([80, 22, 443, 104, 1883], victim.Listens);
        var port = random.Between(33_000, 60_000);
        foreach (var window in SequenceWindows)
        {
            // Timing of these six is part of the test: 100 ms apart.
            if (open != 0) Probe(time, victim, port, open, TcpSegments.Syn, window, dontFragment: true);
            port++;
            time += 100 * Nano.Millisecond;
        }
        Echo(time, victim, 120, code: 9, dontFragment: true);
        Echo(time + 2 * Nano.Millisecond, victim, 150, code: 0, dontFragment: false);
        Unreachable(time + 4 * Nano.Millisecond, victim, port++);
        time += 25 * Nano.Millisecond;
        if (open != 0) Probe(time, victim, port, open, TcpSegments.Syn | TcpSegments.Ece | TcpSegments.Cwr, 3, dontFragment: false);
        foreach (var (flags, window, toOpen, dontFragment) in Tests)
        {
            port++;
            time += 25 * Nano.Millisecond;
            if (!toOpen) Probe(time, victim, port, ClosedPort, flags, window, dontFragment);
            else if (open != 0) Probe(time, victim, port, open, flags, window, dontFragment);
        }
    }

    private void Probe(long time, Host victim, int from, int to, int flags, ushort window, bool dontFragment)
    {
        var sequence = random.Next32();
        var acknowledgment = random.Next32();
        var urgent = (flags & TcpSegments.Ece) != 0 ? (ushort)0xF7F5 : (ushort)0;
        var route = Route.Between(context.Attacker, victim) with { Ttl = (byte)random.Between(37, 60) };
        TcpSegments.Send(context.Timeline, time, route, new TcpSegment
        {
            SourcePort = from, DestinationPort = to, Sequence = sequence, Acknowledgment = acknowledgment, Flags = flags, Window = window,
            Urgent = urgent, IpId = random.Next16(), DontFragment = dontFragment,
        }, Options, []);
        time += random.Between(150 * Nano.Microsecond, 500 * Nano.Microsecond);
        if ((flags & TcpSegments.Syn) != 0) AnswerToSyn(time, victim, from, to, sequence, victim.Listens(to));
        else if ((flags & TcpSegments.Ack) != 0) Answer(time, victim, from, to, TcpSegments.Rst, acknowledgment, 0);
        else if (!victim.Listens(to)) Answer(time, victim, from, to, TcpSegments.Rst | TcpSegments.Ack, 0, sequence);
    }

    private void AnswerToSyn(long time, Host victim, int from, int to, uint sequence, bool listens)
    {
        if (!listens)
        {
            Answer(time, victim, from, to, TcpSegments.Rst | TcpSegments.Ack, 0, sequence + 1);
            return;
        }
        Answer(time, victim, from, to, TcpSegments.Syn | TcpSegments.Ack, random.Next32(), sequence + 1);
        TcpSegments.Send(context.Timeline, time + 70 * Nano.Microsecond, Route.Between(context.Attacker, victim), new TcpSegment
        {
            SourcePort = from, DestinationPort = to, Sequence = sequence + 1, Flags = TcpSegments.Rst, DontFragment = true,
        }, [], []);
    }

    private void Answer(long time, Host victim, int from, int to, int flags, uint sequence, uint acknowledgment)
    {
        var accepts = (flags & TcpSegments.Syn) != 0;
        TcpSegments.Send(context.Timeline, time, Route.Between(victim, context.Attacker), new TcpSegment
        {
            SourcePort = to, DestinationPort = from, Sequence = sequence, Acknowledgment = acknowledgment, Flags = flags,
            Window = accepts ? victim.Stack.Window : (ushort)0, IpId = victim.NextIpId(), DontFragment = victim.Stack.DontFragment,
        }, accepts ? victim.Stack.SynOptions : [], []);
    }

    private void Echo(long time, Host victim, int length, byte code, bool dontFragment)
    {
        var identifier = random.Next16();
        var data = echoData.AsSpan(0, length);
        IcmpFrames.Echo(context.Timeline, time, Route.Between(context.Attacker, victim), reply: false, identifier, 295, data,
            random.Next16(), dontFragment, code);
        time += 300 * Nano.Microsecond;
        IcmpFrames.Echo(context.Timeline, time, Route.Between(victim, context.Attacker), reply: true, identifier, 295, data,
            victim.NextIpId(), dontFragment: false);
    }

    private void Unreachable(long time, Host victim, int from)
    {
        var route = Route.Between(context.Attacker, victim);
        var port = random.Between(30_000, 44_000);
        UdpFrames.Send(context.Timeline, time, route, from, port, UdpData, 0x1042, dontFragment: false);
        IcmpFrames.PortUnreachable(context.Timeline, time + 250 * Nano.Microsecond, route, victim.Stack.Ttl, from, port, UdpData.Length);
    }
}
