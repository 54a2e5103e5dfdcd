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
        record[3] = record[4] = rate;
        record[27] = view.IsArp ? 1 : 0;

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
        record[38] = buffer.Add(view.ParsedLength, record) ? time : time - previousTime;
        previousTime = time;
    }

    private void AddIPv4(in Packet packet, DpktView view)
    {
        record[1] = packet.IpProtocol;
        record[2] = packet.TimeToLive;
        record[24] = view.IsTcp ? 1 : 0;
        record[25] = view.IsUdp ? 1 : 0;
        record[28] = view.Protocol(1);
        record[29] = view.Protocol(2);
        record[30] = record[31] = 1;
        if (view.IsTcp) AddTcp(view);
        if (view.IsUdp)
        {
            record[19] = view.UdpPort(53);
            record[26] = packet.SourcePort == 67 || packet.DestinationPort == 68 ? 1 : 0;
        }
        if (view.IsTcp || view.IsUdp) AddFlow(packet, view);
    }

    private void AddTcp(DpktView view)
    {
        record[6] = view.Flag(Fin);
        record[7] = view.Flag(Syn);
        record[8] = view.Flag(Rst);
        record[9] = view.Flag(Psh);
        record[10] = view.Flag(Ack);
        record[11] = view.Flag(Ece);
        record[12] = view.Flag(Cwr);
        record[17] = view.TcpPort(80);
        record[18] = view.TcpPort(443);
        record[20] = view.TcpPort(23);
        record[21] = view.TcpPort(25);
        record[22] = view.TcpPort(22);
        record[23] = view.TcpPort(21);
    }

    private void AddFlow(in Packet packet, DpktView view)
    {
        ref var flow = ref flows.Find(packet);
        flow.Add(packet, view.IsTcp, view.Time, view.ParsedLength);
        record[0] = flow.Bytes;
        // Published under the wrong names: ack_count counts FIN, fin_count RST, rst_count ACK.
        (record[13], record[14], record[15], record[16]) = (flow.Fin, flow.Syn, flow.Rst, flow.Ack);
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
