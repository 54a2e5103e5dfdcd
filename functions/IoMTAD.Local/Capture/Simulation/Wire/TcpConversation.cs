namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>One TCP connection seen from the wire: both ends' sequence numbers, windows and acknowledgments, always consistent.</summary>
/// <remarks>
/// Methods write frames from the given time on and return the time of the last. Exchanges of one conversation must not
/// overlap: begin the next after the time that the one before returned. The object is used again for the next connection.
/// </remarks>
internal sealed class TcpConversation(Timeline timeline, SimulationRandom random)
{
    public const int SegmentSize = 1460;

    private readonly Flow[] flows = [new(), new()];

    public bool IsOpen { get; private set; }

    public long Open(long time, Host client, Host server, int serverPort)
    {
        var port = client.NextPort();
        var scaled = client.Stack.WindowScale > 0 && server.Stack.WindowScale > 0;
        flows[0].Begin(random, client, server, port, serverPort, scaled);
        flows[1].Begin(random, server, client, serverPort, port, scaled);
        IsOpen = true;
        Emit(Side.Client, time, TcpSegments.Syn, default, client.Stack.SynOptions);
        time += Latency();
        Emit(Side.Server, time, TcpSegments.Syn | TcpSegments.Ack, default, scaled ? server.Stack.SynOptions : TcpStack.SegmentSizeOnly);
        time += Latency() / 2;
        Emit(Side.Client, time, TcpSegments.Ack, default);
        return time;
    }

    /// <summary>
    /// Sends bytes in as many segments as they need; the receiver acknowledges every second full one (RFC 9293 section 3.8.6.3).
    /// </summary>
    public long Send(Side side, long time, ReadOnlySpan<byte> payload)
    {
        for (var sent = 0; payload.Length > SegmentSize; payload = payload[SegmentSize..])
        {
            Emit(side, time, TcpSegments.Ack, payload[..SegmentSize]);
            if (++sent % 2 == 0) Emit(Other(side), time + 110 * Nano.Microsecond, TcpSegments.Ack, default);
            time += random.Between(14 * Nano.Microsecond, 40 * Nano.Microsecond);
        }
        Emit(side, time, TcpSegments.Ack | TcpSegments.Psh, payload);
        return time;
    }

    /// <summary>Sends bytes of one segment that are lost behind the mirror port and sent again after the retransmission time-out.</summary>
    public long SendTwice(Side side, long time, ReadOnlySpan<byte> payload)
    {
        var flow = flows[(int)side];
        var first = flow.Next;
        Emit(side, time, TcpSegments.Ack | TcpSegments.Psh, payload);
        flow.Next = first;
        time += random.Between(220 * Nano.Millisecond, 400 * Nano.Millisecond);
        Emit(side, time, TcpSegments.Ack | TcpSegments.Psh, payload);
        return time;
    }

    public long Acknowledge(Side side, long time)
    {
        Emit(side, time, TcpSegments.Ack, default);
        return time;
    }

    /// <summary>The receiver's answer to the last bytes when it has nothing to say itself.</summary>
    public long AcknowledgeLate(Side side, long time) =>
        Acknowledge(side, time + random.Around(flows[(int)side].From.Stack.DelayedAck, 0.04));

    public long Close(Side side, long time)
    {
        Emit(side, time, TcpSegments.Fin | TcpSegments.Ack, default);
        time += Latency();
        Emit(Other(side), time, TcpSegments.Fin | TcpSegments.Ack, default);
        time += Latency() / 2;
        Emit(side, time, TcpSegments.Ack, default);
        IsOpen = false;
        return time;
    }

    public long Reset(Side side, long time)
    {
        Emit(side, time, TcpSegments.Rst | TcpSegments.Ack, default);
        IsOpen = false;
        return time;
    }

    /// <summary>One side closes; the other no longer knows the connection and answers with a reset (RFC 9293 section 3.10.7.1).</summary>
    public long CloseHalfDead(Side side, long time)
    {
        Emit(side, time, TcpSegments.Fin | TcpSegments.Ack, default);
        time += Latency();
        Emit(Other(side), time, TcpSegments.Rst, default);
        IsOpen = false;
        return time;
    }

    /// <summary>Network and processing time until the other side answers.</summary>
    public long Latency() => random.Between(180 * Nano.Microsecond, 650 * Nano.Microsecond);

    public static Side Other(Side side) => side == Side.Client ? Side.Server : Side.Client;

    private void Emit(Side side, long time, int flags, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> options = default)
    {
        var flow = flows[(int)side];
        var segment = new TcpSegment
        {
            SourcePort = flow.SourcePort,
            DestinationPort = flow.DestinationPort,
            Sequence = flow.Next,
            Acknowledgment = (flags & TcpSegments.Ack) == 0 ? 0 : flows[(int)Other(side)].Next,
            Flags = flags,
            Window = (flags & TcpSegments.Syn) == 0 ? flow.Window : flow.From.Stack.Window,
            IpId = ++flow.IpId,
            DontFragment = flow.From.Stack.DontFragment,
        };
        TcpSegments.Send(timeline, time, flow.Route, segment, options, payload);
        flow.Next += (uint)payload.Length + ((flags & (TcpSegments.Syn | TcpSegments.Fin)) == 0 ? 0u : 1u);
    }

    private sealed class Flow
    {
        public Host From = null!;
        public Route Route;
        public int SourcePort;
        public int DestinationPort;
        public ushort Window;
        public ushort IpId;
        public uint Next;

        public void Begin(SimulationRandom random, Host from, Host to, int sourcePort, int destinationPort, bool scaled)
        {
            From = from;
            Route = Route.Between(from, to);
            SourcePort = sourcePort;
            DestinationPort = destinationPort;
            Window = scaled ? (ushort)((from.Stack.Window >> from.Stack.WindowScale) + 1) : from.Stack.Window;
            IpId = random.Next16();
            Next = random.Next32();
        }
    }
}
