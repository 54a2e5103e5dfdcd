using IoMTAD.Capture;
using IoMTAD.Decoding;
using static IoMTAD.Decoding.TcpFlags;

namespace IoMTAD.Features;

/// <summary>
/// Makes rows of <see cref="CicIoMT2024.V2"/> from a capture, as the dataset's later extractor does: one per window of consecutive IPv4
/// and ARP packets.
/// </summary>
/// <param name="emit">Takes each row. Rate is infinite where a window spans no time; Std and Variance of a single packet are NaN.</param>
/// <param name="windowLength">10 or 100 in the dataset; the last window may be shorter.</param>
public sealed class CicIoMT2024V2Extractor(FeatureRowHandler emit, int windowLength = CicIoMT2024V2Extractor.DefaultWindow)
{
    public const int DefaultWindow = 10;

    /// <summary>Columns that are whole numbers in the published files.</summary>
    public static IReadOnlyList<bool> WholeColumns { get; } = [.. CicIoMT2024.V2.Columns.Select(column =>
        column.Name is "Protocol Type" or "ack_count" or "syn_count" or "fin_count" or "rst_count"
            or "Tot sum" or "Min" or "Max" or "Number")];

    private readonly double[] row = new double[39];
    private readonly int[] protocols = new int[256];
    private readonly double[] sizes = new double[windowLength];
    private double previousTime = double.NaN;
    private double firstTime;
    private double lastTime;
    private int packets;

    public void Add(LinkType link, in Packet packet)
    {
        if (!DpktView.Enters(link, packet)) return;
        var view = new DpktView(packet);
        var time = view.Time;
        if (packets == 0) firstTime = lastTime = time;
        firstTime = Math.Min(firstTime, time);
        lastTime = Math.Max(lastTime, time);
        protocols[view.IsArp ? 0 : packet.IpProtocol]++;
        sizes[packets++] = packet.CapturedLength;

        row[0] += view.IsTcp ? packet.TransportHeaderLength : view.IsUdp ? 8 : 0;
        row[2] += view.IsArp ? 0 : packet.TimeToLive;
        row[4] += view.Flag(Fin);
        row[5] += view.Flag(Syn);
        row[6] += view.Flag(Rst);
        row[7] += view.Flag(Psh);
        row[8] += view.Flag(Ack);
        row[9] += view.Flag(Ece);
        row[10] += view.Flag(Cwr);
        row[15] += view.TcpPort(80);
        row[16] += view.TcpPort(443);
        row[17] += view.UdpPort(53);
        row[18] += view.TcpPort(23);
        row[19] += view.TcpPort(25);
        row[20] += view.TcpPort(22);
        row[21] += view.TcpPort(21);
        row[22] += view.IsTcp ? 1 : 0;
        row[23] += view.IsUdp ? 1 : 0;
        row[24] += view.IsUdp && (packet.SourcePort, packet.DestinationPort) is (67, 68) or (68, 67) ? 1 : 0;
        row[25] += view.IsArp ? 1 : 0;
        row[26] += view.Protocol(1);
        row[27] += view.Protocol(2);
        row[28] += view.IsArp ? 0 : 1;
        row[36] += double.IsNaN(previousTime) ? 0 : time - previousTime;
        previousTime = time;
        if (packets == windowLength) Emit();
    }

    /// <summary>Emits the last window, if it is not a full one.</summary>
    public void Finish()
    {
        if (packets > 0) Emit();
    }

    private void Emit()
    {
        // Before the means overwrite the sums.
        (row[11], row[12], row[13], row[14]) = (row[8], row[5], row[4], row[6]);
        foreach (var mean in (ReadOnlySpan<int>)[0, 2, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 36])
            row[mean] /= packets;
        row[29] = row[28];
        row[1] = MostFrequentProtocol();
        row[3] = packets / (lastTime - firstTime);
        WriteSizes(sizes.AsSpan(0, packets));
        row[37] = packets;
        emit(row);
        Array.Clear(row);
        Array.Clear(protocols);
        packets = 0;
    }

    private int MostFrequentProtocol()
    {
        var most = 0;
        for (var protocol = 1; protocol < protocols.Length; protocol++)
            if (protocols[protocol] > protocols[most]) most = protocol;
        return most;
    }

    private void WriteSizes(ReadOnlySpan<double> window)
    {
        var (sum, min, max, squares) = (0.0, double.MaxValue, 0.0, 0.0);
        foreach (var size in window)
        {
            sum += size;
            min = Math.Min(min, size);
            max = Math.Max(max, size);
        }
        var mean = sum / window.Length;
        foreach (var size in window) squares += (size - mean) * (size - mean);
        row[30] = sum;
        row[31] = min;
        row[32] = max;
        row[33] = mean;
        row[38] = squares / (window.Length - 1);
        row[34] = Math.Sqrt(row[38]);
        row[35] = mean;
    }
}
