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

        row[V2Column.HeaderLength] += view.IsTcp ? packet.TransportHeaderLength : view.IsUdp ? 8 : 0;
        row[V2Column.TimeToLive] += view.IsArp ? 0 : packet.TimeToLive;
        row[V2Column.FinFlagNumber] += view.Flag(Fin);
        row[V2Column.SynFlagNumber] += view.Flag(Syn);
        row[V2Column.RstFlagNumber] += view.Flag(Rst);
        row[V2Column.PshFlagNumber] += view.Flag(Psh);
        row[V2Column.AckFlagNumber] += view.Flag(Ack);
        row[V2Column.EceFlagNumber] += view.Flag(Ece);
        row[V2Column.CwrFlagNumber] += view.Flag(Cwr);
        row[V2Column.Http] += view.TcpPort(80);
        row[V2Column.Https] += view.TcpPort(443);
        row[V2Column.Dns] += view.UdpPort(53);
        row[V2Column.Telnet] += view.TcpPort(23);
        row[V2Column.Smtp] += view.TcpPort(25);
        row[V2Column.Ssh] += view.TcpPort(22);
        row[V2Column.Irc] += view.TcpPort(21);
        row[V2Column.Tcp] += view.IsTcp ? 1 : 0;
        row[V2Column.Udp] += view.IsUdp ? 1 : 0;
        row[V2Column.Dhcp] += view.IsUdp && (packet.SourcePort, packet.DestinationPort) is (67, 68) or (68, 67) ? 1 : 0;
        row[V2Column.Arp] += view.IsArp ? 1 : 0;
        row[V2Column.Icmp] += view.Protocol(1);
        row[V2Column.Igmp] += view.Protocol(2);
        row[V2Column.IPv] += view.IsArp ? 0 : 1;
        row[V2Column.Iat] += double.IsNaN(previousTime) ? 0 : time - previousTime;
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
        var (ack, syn) = (row[V2Column.AckFlagNumber], row[V2Column.SynFlagNumber]);
        var (fin, rst) = (row[V2Column.FinFlagNumber], row[V2Column.RstFlagNumber]);
        // So far every column holds a sum, or nothing; those that are no means are set behind.
        for (var column = 0; column < row.Length; column++) row[column] /= packets;
        (row[V2Column.AckCount], row[V2Column.SynCount]) = (ack, syn);
        (row[V2Column.FinCount], row[V2Column.RstCount]) = (fin, rst);
        row[V2Column.Llc] = row[V2Column.IPv];
        row[V2Column.ProtocolType] = MostFrequentProtocol();
        row[V2Column.Rate] = packets / (lastTime - firstTime);
        WriteSizes(sizes.AsSpan(0, packets));
        row[V2Column.Number] = packets;
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
        row[V2Column.TotSum] = sum;
        row[V2Column.Min] = min;
        row[V2Column.Max] = max;
        row[V2Column.Avg] = mean;
        row[V2Column.Variance] = squares / (window.Length - 1);
        row[V2Column.Std] = Math.Sqrt(row[V2Column.Variance]);
        row[V2Column.TotSize] = mean;
    }
}
