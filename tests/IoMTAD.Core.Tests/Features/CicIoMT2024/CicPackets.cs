using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;

namespace IoMTAD.Core.Tests.Features;

/// <summary>Packets filled in by hand, and the rows that the dataset's extractors make of them.</summary>
internal static class CicPackets
{
    /// <summary>2023-08-28: where the dataset's own stamps lie.</summary>
    public const long Epoch = 1_693_233_556_000_000_000;

    public static Packet Tcp(
        double seconds, int networkLength, TcpFlags flags = TcpFlags.Ack, int source = 50_000, int destination = 80) => new()
    {
        TimestampNanoseconds = Epoch + (long)(seconds * 1e9),
        WireLength = 14 + networkLength,
        CapturedLength = Math.Max(60, 14 + networkLength),
        EtherType = 0x0800,
        Network = NetworkProtocol.IPv4,
        IpProtocol = 6,
        TimeToLive = 64,
        NetworkLength = networkLength,
        SourceAddress = DeviceAddress.MapIPv4(1),
        DestinationAddress = DeviceAddress.MapIPv4(2),
        Transport = TransportProtocol.Tcp,
        SourcePort = (ushort)source,
        DestinationPort = (ushort)destination,
        TcpFlags = flags,
        TransportHeaderLength = 20,
    };

    public static Packet Reply(Packet packet) => packet with
    {
        SourceAddress = packet.DestinationAddress,
        DestinationAddress = packet.SourceAddress,
        SourcePort = packet.DestinationPort,
        DestinationPort = packet.SourcePort,
    };

    public static Packet Udp(double seconds, int networkLength, int source, int destination) =>
        Tcp(seconds, networkLength, 0, source, destination) with
        {
            IpProtocol = 17,
            Transport = TransportProtocol.Udp,
            TransportHeaderLength = 8,
        };

    public static Packet Arp(double seconds) => new()
    {
        TimestampNanoseconds = Epoch + (long)(seconds * 1e9),
        CapturedLength = 60,
        EtherType = 0x0806,
        Network = NetworkProtocol.Arp,
        NetworkLength = 28,
    };

    public static Packet Icmp(double seconds, int networkLength) =>
        Tcp(seconds, networkLength, 0, 0, 0) with { IpProtocol = 1, Transport = TransportProtocol.Icmp };

    public static List<double[]> V1(IEnumerable<Packet> packets, int blockLength = 10, long pieceBytes = 0)
    {
        var rows = new List<double[]>();
        var extractor = new CicIoMT2024V1Extractor(row => rows.Add(row.ToArray()), blockLength, pieceBytes);
        foreach (var packet in packets) extractor.Add(LinkType.Ethernet, packet);
        extractor.Finish();
        return rows;
    }

    public static List<double[]> V2(IEnumerable<Packet> packets, int windowLength = 10)
    {
        var rows = new List<double[]>();
        var extractor = new CicIoMT2024V2Extractor(row => rows.Add(row.ToArray()), windowLength);
        foreach (var packet in packets) extractor.Add(LinkType.Ethernet, packet);
        extractor.Finish();
        return rows;
    }

    public static double Of(this double[] row, FeatureSchema schema, string column) =>
        row[schema.Columns.ToList().FindIndex(c => c.Name == column)];

    public static void Row1(double[] row, params (string Column, double Value)[] expected) => Check(CicIoMT2024.V1, row, expected);

    public static void Row2(double[] row, params (string Column, double Value)[] expected) => Check(CicIoMT2024.V2, row, expected);

    private static void Check(FeatureSchema schema, double[] row, (string Column, double Value)[] expected)
    {
        foreach (var (column, value) in expected)
        {
            var actual = row.Of(schema, column);
            var isEqual = value.Equals(actual) || Math.Abs(value - actual) <= 1e-9 * Math.Max(1, Math.Abs(value));
            Assert.True(isEqual, $"{column}: expected {value}, got {actual}");
        }
    }
}
