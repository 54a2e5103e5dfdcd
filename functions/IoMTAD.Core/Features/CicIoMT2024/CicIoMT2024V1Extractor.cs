using IoMTAD.Capture;
using IoMTAD.Decoding;
using static IoMTAD.Decoding.TcpFlags;

namespace IoMTAD.Features;

/// <summary>
/// Makes rows of <see cref="CicIoMT2024.V1"/> from a capture as the dataset's first extractor does, its oddities included: models
/// trained on the published files expect them. One record per IPv4 or ARP packet, one row per block of records: their mean.
/// </summary>
/// <param name="emit">Takes each row.</param>
/// <param name="blockLength">10 in the dataset, 100 for its floods; the last block of a piece may be shorter.</param>
/// <param name="pieceBytes">
/// The dataset's captures were split by <c>tcpdump -C 10</c>, all state starting anew: 10,000,000 does so too. 0: one piece.
/// </param>
public sealed class CicIoMT2024V1Extractor(
    FeatureRowHandler emit, int blockLength = CicIoMT2024V1Extractor.DefaultBlock, long pieceBytes = 0)
{
    public const int DefaultBlock = 10;

    private readonly double[] record = new double[45];
    private readonly double[] sums = new double[45];
    private readonly CicFlowTable flows = new();
    private CicSizeBuffer buffer;
    private int records;
    private double rate;
    private double previousTime;
    private long bytesInPiece = PcapWriter.FileHeaderLength;

    public void Add(LinkType link, in Packet packet)
    {
        if (pieceBytes > 0) CountPiece(packet);
        if (!DpktView.Enters(link, packet)) return;
        Array.Clear(record);
        var view = new DpktView(packet);
        Measure(view);
        if (!view.IsArp) AddIPv4(packet, view);
        record[V1Column.Rate] = record[V1Column.Srate] = rate;
        record[V1Column.Arp] = view.IsArp ? 1 : 0;

        for (var i = 0; i < record.Length; i++) sums[i] += record[i];
        if (++records == blockLength) EmitBlock();
    }

    /// <summary>Emits the last block, if it is not a full one.</summary>
    public void Finish()
    {
        if (records > 0) EmitBlock();
    }

    private void Measure(DpktView view)
    {
        var time = view.Time;
        // Where the buffer is emptied the time before is forgotten first: the gap is the time since 1970, as at the piece's first packet.
        record[V1Column.Iat] = buffer.Add(view.ParsedLength, record) ? time : time - previousTime;
        previousTime = time;
    }

    private void AddIPv4(in Packet packet, DpktView view)
    {
        record[V1Column.ProtocolType] = packet.IpProtocol;
        record[V1Column.Duration] = packet.TimeToLive;
        record[V1Column.Tcp] = view.IsTcp ? 1 : 0;
        record[V1Column.Udp] = view.IsUdp ? 1 : 0;
        record[V1Column.Icmp] = view.Protocol(1);
        record[V1Column.Igmp] = view.Protocol(2);
        record[V1Column.IPv] = record[V1Column.Llc] = 1;
        if (view.IsTcp) AddTcp(view);
        if (view.IsUdp)
        {
            record[V1Column.Dns] = view.UdpPort(53);
            record[V1Column.Dhcp] = packet.SourcePort == 67 || packet.DestinationPort == 68 ? 1 : 0;
        }
        if (view.IsTcp || view.IsUdp) AddFlow(packet, view);
    }

    private void AddTcp(DpktView view)
    {
        record[V1Column.FinFlagNumber] = view.Flag(Fin);
        record[V1Column.SynFlagNumber] = view.Flag(Syn);
        record[V1Column.RstFlagNumber] = view.Flag(Rst);
        record[V1Column.PshFlagNumber] = view.Flag(Psh);
        record[V1Column.AckFlagNumber] = view.Flag(Ack);
        record[V1Column.EceFlagNumber] = view.Flag(Ece);
        record[V1Column.CwrFlagNumber] = view.Flag(Cwr);
        record[V1Column.Http] = view.TcpPort(80);
        record[V1Column.Https] = view.TcpPort(443);
        record[V1Column.Telnet] = view.TcpPort(23);
        record[V1Column.Smtp] = view.TcpPort(25);
        record[V1Column.Ssh] = view.TcpPort(22);
        record[V1Column.Irc] = view.TcpPort(21);
    }

    private void AddFlow(in Packet packet, DpktView view)
    {
        ref var flow = ref flows.Find(packet);
        flow.Add(packet, view.IsTcp, view.Time, view.ParsedLength);
        record[V1Column.HeaderLength] = flow.Bytes;
        // Published under the wrong names: ack_count counts FIN, fin_count RST, rst_count ACK.
        (record[V1Column.AckCount], record[V1Column.SynCount]) = (flow.Fin, flow.Syn);
        (record[V1Column.FinCount], record[V1Column.RstCount]) = (flow.Rst, flow.Ack);
        // Otherwise the rate of the packet before stands again.
        if (flow.Duration != 0) rate = flow.Packets / flow.Duration;
    }

    private void EmitBlock()
    {
        for (var i = 0; i < sums.Length; i++) sums[i] /= records;
        emit(sums);
        Array.Clear(sums);
        records = 0;
    }

    private void CountPiece(in Packet packet)
    {
        // tcpdump looks at the size before it writes a packet: the one that crosses the limit still goes into the old piece.
        if (bytesInPiece > pieceBytes)
        {
            Finish();
            flows.Clear();
            buffer = default;
            rate = previousTime = 0;
            bytesInPiece = PcapWriter.FileHeaderLength;
        }
        bytesInPiece += PcapWriter.RecordHeaderLength + packet.CapturedLength;
    }
}
