using IoMTAD.Local.Capture.Simulation.Wire;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary><c>hping3 -PA -d 120 --flood</c>: data of connections that do not exist, which the victim resets while it can.</summary>
internal sealed class TcpFlood : PacketFlood
{
    private readonly byte[] data = new byte[120];
    private readonly int port;
    private uint acknowledgment;

    public TcpFlood(AttackContext context) : base(context, answersPerSecond: 60)
    {
        data.AsSpan().Fill((byte)'X');
        port = Array.Find([1883, 80, 443], context.Victim.Listens) is var open and > 0 ? open : 80;
    }

    protected override void Send(long time, in Route route, ushort ipId)
    {
        acknowledgment = Random.Next32();
        TcpSegments.Send(Timeline, time, route, new TcpSegment
        {
            SourcePort = SourcePort, DestinationPort = port, Sequence = Random.Next32(), Acknowledgment = acknowledgment,
            Flags = TcpSegments.Psh | TcpSegments.Ack, Window = 512, IpId = ipId,
        }, [], data);
    }

    protected override void Answer(long time, in Route route) =>
        TcpSegments.Send(Timeline, time, route, new TcpSegment
        {
            SourcePort = port, DestinationPort = SourcePort, Sequence = acknowledgment, Flags = TcpSegments.Rst, DontFragment = true,
        }, [], []);
}
