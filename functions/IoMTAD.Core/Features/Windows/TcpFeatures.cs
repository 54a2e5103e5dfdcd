using System.Numerics;
using IoMTAD.Decoding;

namespace IoMTAD.Features;

internal struct TcpFeatures()
{
    private readonly SegmentTable sent = new();
    private int syn;
    private int synAck;
    private int fin;
    private int rst;
    private int odd;
    private int retransmitted;
    private int zeroWindow;
    private int segmentSyn;
    private int segmentSynAck;

    public void Add(in Packet packet)
    {
        var flags = packet.TcpFlags;
        if ((flags & TcpFlags.Syn) != 0)
        {
            if ((flags & TcpFlags.Ack) != 0) synAck++;
            else syn++;
        }
        if ((flags & TcpFlags.Fin) != 0) fin++;
        if ((flags & TcpFlags.Rst) != 0) rst++;
        if (AreOdd(flags)) odd++;
        if (packet.TcpWindow == 0 && (flags & (TcpFlags.Rst | TcpFlags.Syn)) == 0) zeroWindow++;
        if ((packet.PayloadLength > 0 || (flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0) && !sent.Add(PlaceInStream(packet))) retransmitted++;
    }

    /// <summary>RFC 9293 section 3.10.7: past the SYN only a RST may lack ACK, and of SYN, FIN and RST at most one makes sense.</summary>
    private static bool AreOdd(TcpFlags flags) =>
        (flags & (TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack)) == 0
        || BitOperations.PopCount((uint)(flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst))) > 1;

    private static ulong PlaceInStream(in Packet packet)
    {
        var ports = (ulong)packet.SourcePort << 48 | (ulong)packet.DestinationPort << 32 | packet.TcpSequence;
        var from = SegmentTable.Hash(packet.SourceAddress);
        var to = SegmentTable.Hash(packet.DestinationAddress);
        return SegmentTable.Hash(ports ^ SegmentTable.Hash(from ^ BitOperations.RotateLeft(to, 23)));
    }

    public readonly void Write(Span<float> vector, int packets)
    {
        float all = packets;
        vector[(int)WindowColumn.SynShare] = syn / all;
        vector[(int)WindowColumn.SynAckShare] = synAck / all;
        vector[(int)WindowColumn.FinShare] = fin / all;
        vector[(int)WindowColumn.RstShare] = rst / all;
        vector[(int)WindowColumn.OddFlagsShare] = odd / all;
        vector[(int)WindowColumn.UnansweredSyns] = WindowMath.Log1P(Math.Max(0, segmentSyn + syn - segmentSynAck - synAck));
        vector[(int)WindowColumn.RetransmissionShare] = retransmitted / all;
        vector[(int)WindowColumn.ZeroWindowShare] = zeroWindow / all;
    }

    public void BeginSegment()
    {
        sent.BeginSegment();
        syn = synAck = 0;
        BeginWindow();
        segmentSyn = segmentSynAck = 0;
    }

    public void BeginWindow()
    {
        segmentSyn += syn;
        segmentSynAck += synAck;
        syn = synAck = fin = rst = odd = retransmitted = zeroWindow = 0;
    }
}
