using IoMTAD.Capture;
using IoMTAD.Decoding;
using IoMTAD.Features;

namespace IoMTAD.Core.Tests.Features;

/// <summary>Packets filled in by hand, and the columns of the windows they make.</summary>
internal static class Windows
{
    public const ulong DeviceMac = 0x02_00_00_00_00_01;
    public const ulong BrokerMac = 0x02_00_00_00_00_02;
    public const ulong OtherMac = 0x02_00_00_00_00_66;
    public const long Millisecond = 1_000_000;

    public static readonly DeviceAddress Device = DeviceAddress.FromMac(DeviceMac);
    public static readonly UInt128 DeviceIp = DeviceAddress.MapIPv4(0x0A000001);
    public static readonly UInt128 BrokerIp = DeviceAddress.MapIPv4(0x0A000002);

    public static Packet Tcp(TcpFlags flags = TcpFlags.Ack, int payload = 0, bool outbound = true, uint sequence = 1) => new()
    {
        WireLength = 54 + payload,
        CapturedLength = 54 + payload,
        SourceMac = outbound ? DeviceMac : BrokerMac,
        DestinationMac = outbound ? BrokerMac : DeviceMac,
        EtherType = 0x0800,
        Network = NetworkProtocol.IPv4,
        IpProtocol = 6,
        TimeToLive = 64,
        NetworkLength = 40 + payload,
        SourceAddress = outbound ? DeviceIp : BrokerIp,
        DestinationAddress = outbound ? BrokerIp : DeviceIp,
        Transport = TransportProtocol.Tcp,
        SourcePort = (ushort)(outbound ? 50_000 : 1883),
        DestinationPort = (ushort)(outbound ? 1883 : 50_000),
        TcpFlags = flags,
        TcpSequence = sequence,
        TcpWindow = 512,
        TransportHeaderLength = 20,
        PayloadLength = payload,
    };

    public static Packet Arp(ushort operation, uint sender, ulong senderMac, uint target, bool outbound = false) => new()
    {
        WireLength = 60,
        CapturedLength = 60,
        SourceMac = outbound ? DeviceMac : senderMac,
        DestinationMac = outbound ? 0xFFFF_FFFF_FFFF : DeviceMac,
        EtherType = 0x0806,
        Network = NetworkProtocol.Arp,
        NetworkLength = 28,
        SourceAddress = DeviceAddress.MapIPv4(sender),
        DestinationAddress = DeviceAddress.MapIPv4(target),
        ArpOperation = operation,
        ArpSenderMac = senderMac,
    };

    /// <summary>The windows of one segment; each packet one millisecond after the one before unless it has a timestamp.</summary>
    public static IReadOnlyList<float[]> Of(params Packet[] packets)
    {
        for (var i = 0; i < packets.Length; i++)
            if (packets[i].TimestampNanoseconds == 0) packets[i].TimestampNanoseconds = (i + 1) * Millisecond;
        return Extract(new WindowExtractor(), Device, packets);
    }

    public static IReadOnlyList<float[]> Extract(WindowExtractor extractor, DeviceAddress device, IEnumerable<Packet> packets)
    {
        var windows = new List<float[]>();
        extractor.Begin(device);
        foreach (var packet in packets)
            if (extractor.Add(packet, default)) Write();
        if (extractor.Pending > 0) Write();
        return windows;

        void Write()
        {
            windows.Add(new float[WindowSchema.Schema.Columns.Count]);
            extractor.Write(windows[^1]);
        }
    }

    /// <summary>A column's value in its own unit.</summary>
    public static double At(this float[] window, WindowColumn column) =>
        WindowSchema.Schema.Columns[(int)column].Natural(window[(int)column]);

    public static void Equal(double expected, float[] window, WindowColumn column) =>
        Assert.Equal(expected, window.At(column), 1e-4 * (1 + Math.Abs(expected)));
}
