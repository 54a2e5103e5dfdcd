namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>DHCP messages (RFC 2131, options of RFC 2132) and the two exchanges a client has with its server.</summary>
internal static class Dhcp
{
    private const int Discover = 1, Offer = 2, Request = 3, Ack = 5;
    private const int ServerPort = 67, ClientPort = 68;
    private const uint LeaseSeconds = 600;

    /// <summary>Discover, offer, request, acknowledgment, by broadcast; returns the moment of the last.</summary>
    public static long Lease(Timeline timeline, SimulationRandom random, long time, Host client, Host server)
    {
        var transaction = random.Next32();
        var up = new Route(client.Mac, EthernetFrames.Broadcast, 0, uint.MaxValue, client.Stack.Ttl);
        var down = new Route(server.Mac, EthernetFrames.Broadcast, server.Ip, uint.MaxValue, server.Stack.Ttl);
        Send(timeline, time, up, client, server, Discover, transaction);
        time += random.Between(2 * Nano.Millisecond, 30 * Nano.Millisecond);
        Send(timeline, time, down, client, server, Offer, transaction);
        time += random.Between(1 * Nano.Millisecond, 8 * Nano.Millisecond);
        Send(timeline, time, up, client, server, Request, transaction);
        time += random.Between(2 * Nano.Millisecond, 12 * Nano.Millisecond);
        Send(timeline, time, down, client, server, Ack, transaction);
        return time;
    }

    /// <summary>Request and acknowledgment, by unicast, at half the lease; returns the moment of the last.</summary>
    public static long Renew(Timeline timeline, SimulationRandom random, long time, Host client, Host server)
    {
        var transaction = random.Next32();
        Send(timeline, time, Route.Between(client, server), client, server, Request, transaction, renewing: true);
        time += random.Between(1 * Nano.Millisecond, 12 * Nano.Millisecond);
        Send(timeline, time, Route.Between(server, client), client, server, Ack, transaction, renewing: true);
        return time;
    }

    private static void Send(
        Timeline timeline, long time, in Route route, Host client, Host server, int type, uint transaction, bool renewing = false)
    {
        Span<byte> buffer = stackalloc byte[512];
        var fromClient = type is Discover or Request;
        var w = new ByteWriter(buffer);
        w.U32(fromClient ? 0x01010600u : 0x02010600u);
        w.U32(transaction);
        w.U32(renewing ? 0 : 0x8000u); // no seconds; the broadcast flag
        w.U32(renewing ? client.Ip : 0);
        w.U32(fromClient ? 0 : client.Ip);
        w.U64(0);
        w.Mac(client.Mac);
        w.Zeros(10 + 192);
        w.U32(0x63825363);
        Option(ref w, 53, 1);
        w.U8(type);
        if (fromClient) ClientOptions(ref w, client, server, type, renewing);
        else ServerOptions(ref w, server);
        w.U8(255);
        w.Zeros(Math.Max(0, 300 - w.Length)); // the length that old relays insist on: RFC 1542 section 2.1
        var (from, to) = fromClient ? (ClientPort, ServerPort) : (ServerPort, ClientPort);
        var sender = fromClient ? client : server;
        UdpFrames.Send(timeline, time, route, from, to, w.Written, sender.NextIpId(), sender.Stack.DontFragment);
    }

    private static void ClientOptions(ref ByteWriter w, Host client, Host server, int type, bool renewing)
    {
        Option(ref w, 61, 7);
        w.U8(1);
        w.Mac(client.Mac);
        Option(ref w, 12, client.Id.Length);
        w.Text(client.Id);
        if (type == Request && !renewing)
        {
            Option(ref w, 50, 4);
            w.U32(client.Ip);
            Option(ref w, 54, 4);
            w.U32(server.Ip);
        }
        Option(ref w, 55, 5);
        w.Bytes([1, 3, 6, 42, 51]);
    }

    private static void ServerOptions(ref ByteWriter w, Host server)
    {
        ReadOnlySpan<(int Code, uint Value)> options =
            [(54, server.Ip), (51, LeaseSeconds), (1, 0xFFFF0000), (3, server.Ip), (6, server.Ip), (42, server.Ip)];
        foreach (var (code, value) in options)
        {
            Option(ref w, code, 4);
            w.U32(value);
        }
    }

    private static void Option(ref ByteWriter w, int code, int length)
    {
        w.U8(code);
        w.U8(length);
    }
}
