using System.Text;
using IoMTAD.Capture;
using IoMTAD.Core.Tests.Capture;
using IoMTAD.Decoding;
using IoMTAD.Tests;
using static IoMTAD.Core.Tests.Decoding.Build;

namespace IoMTAD.Core.Tests.Decoding;

/// <summary>The captures in <c>tests/captures</c>: those made here from hand-built frames, and any other that lies there.</summary>
internal static class SampleCaptures
{
    private const TcpFlags Syn = TcpFlags.Syn, Ack = TcpFlags.Ack, Psh = TcpFlags.Psh | TcpFlags.Ack;

    public static string Folder { get; } = Path.Combine(SharedData.RepositoryRoot, "tests", "captures");

    public static IEnumerable<string> Files =>
        Directory.GetFiles(Folder).Where(f => Path.GetExtension(f) is ".pcap" or ".pcapng").Order(StringComparer.Ordinal);

    /// <summary>File name and bytes of those made here.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Made =>
    [
        ("ethernet.pcap", Pcap(Ethernets)), ("ipv6.pcap", Pcap(IPv6s)), ("mqtt.pcap", Pcap(Mqtts)),
        ("applications.pcap", Pcap(Applications)),
        ("hostile.pcap", [.. Pcap(Hostile), .. Hex("00F15365 00000000 F0FFFFFF F0FFFFFF 0102030405")]), ("links.pcapng", Links),
    ];

    private static byte[] Pcap(byte[][] frames) =>
        Captures.Write(frames.Select((f, i) => new StoredFrame(1_700_000_000_000_000_000 + i * 10_000_000L, f, f.Length)));

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[][] Ethernets =>
    [
        Ethernet(Arp(1, MonitorMac, "10.0.0.1", 0, "10.0.0.254"), 0x0806, destination: 0xFFFFFFFFFFFF),
        Ethernet(Arp(2, GatewayMac, "10.0.0.254", MonitorMac, "10.0.0.1"), 0x0806, GatewayMac, MonitorMac),
        Ethernet(Arp(2, MonitorMac, "10.0.0.1", 0, "10.0.0.1"), 0x0806, destination: 0xFFFFFFFFFFFF),
        Ethernet(IPv4(Icmp(8, 0, new byte[32]), 1)),
        Ethernet(IPv4(Icmp(3, 3, IPv4(Udp(5, 53, [1, 2]), 17)), 1, ttl: 255)),
        Ethernet(IPv4(Hex("1600 0904 EF000001"), 2, destination: "239.0.0.1", ttl: 1, options: Hex("94040000"))),
        Ethernet(IPv4(Tcp(50_000, 4_000, Syn, options: Hex("020405B4 01030307")), 6), tags: [(0x8100, 20)]),
        Ethernet(IPv4(Tcp(4_000, 50_000, Syn | Ack), 6), tags: [(0x88A8, 100), (0x8100, 20)]),
        Ethernet(Hex("424203 0000000000 8000020000000001"), 15, destination: 0x0180C2000000),
        Ethernet(IPv4(Udp(4_001, 4_002, new byte[64])[..40], 17, fragment: 0x2000)),
        Ethernet(IPv4(new byte[32], 17, fragment: 0x0005)),
        Ethernet(IPv4(Hex("0000 88BE 00000000"), 47)),
        Ethernet(Hex("0102030405060708"), 0x88CC),
    ];

    private static byte[][] IPv6s =>
    [
        Ethernet(IPv6(Icmp(135, 0, [.. new byte[8], .. Hex("0101020000000001")]), 58, "fe80::1", "ff02::1:ff00:2", 255)),
        Ethernet(IPv6([.. Hex("3A00 0502 0000 0100"), .. Icmp(143, 0, Hex("04000000 FF0200000000000000000001FF000002"))], 0, hopLimit: 1)),
        Ethernet(IPv6([.. Hex("1100 0104 0000 0000"), .. Udp(6_000, 6_001, [1, 2, 3])], 60)),
        Ethernet(IPv6([.. Hex("1100 0001 00000007"), .. Udp(6_000, 6_001, new byte[40])], 44)),
        Ethernet(IPv6([.. Hex("1100 0030 00000007"), .. new byte[16]], 44)),
        Ethernet(IPv6(Tcp(50_000, 443, Psh, Hex("17 0303 0004 AABBCCDD")), 6)),
        Ethernet(IPv6([], 59)),
    ];

    private static byte[][] Mqtts => Flow(1883,
        (50_000, true, Hex("10 10 0004 4D515454 04 02 003C 0004 70756D70")),
        (50_000, false, Hex("20 02 0000")),
        (50_000, true, Hex("82 08 0001 0003 612F62 01 C000")),
        (50_000, false, Hex("90 03 0001 01 D000")),
        (50_000, true, Hex("30 07 0003 612F62 3132 32 09 0003 612F62 0002 3132")),
        (50_000, false, Hex("40 02 0002")),
        (50_000, true, [.. Hex("30 2B 0003 612F62"), .. Text("{\"hr\":72,\"spo2\":98,")]),
        (50_000, true, Text("\"temp\":36.7}")),
        (50_001, true, Hex("10 10 0004 4D515458 04 02 003C 0004 70756D70")),
        (50_001, true, Hex("36 09 0003 612F62 0001 3132")),
        (50_001, true, Hex("00 02 0000")),
        (50_002, true, Hex("10 11 0004 4D515454 05 02 003C 00 0004 70756D70")),
        (50_002, true, Hex("82 09 0001 00 0003 612F62 2C E0 00")));

    /// <summary>Segments of clients with one server, from the client or back, with sequence numbers that go on.</summary>
    private static byte[][] Flow(int server, params (int Client, bool FromClient, byte[] Payload)[] segments)
    {
        var next = new Dictionary<(int, bool), uint>();
        return [.. segments.Select(segment =>
        {
            var (client, fromClient, payload) = segment;
            var sequence = next.GetValueOrDefault((client, fromClient), 1u);
            next[(client, fromClient)] = sequence + (uint)payload.Length;
            return fromClient
                ? Ethernet(IPv4(Tcp(client, server, Psh, payload, sequence), 6))
                : Ethernet(IPv4(Tcp(server, client, Psh, payload, sequence), 6, "10.0.0.254", "10.0.0.1"), 0, GatewayMac, MonitorMac);
        })];
    }

    private static byte[][] Applications =>
    [
        UdpFrame(50_000, 53, Hex("0001 0100 0001 0000 0000 0000 04 77617264 00 0001 0001")),
        UdpFrame(53, 50_000, Hex("0001 8183 0001 0000 0000 0000 04 77617264 00 0001 0001")),
        TcpFrame(50_000, 53, Hex("0016 0001 0100 0001 0000 0000 0000 04 77617264 00 0001 0001")),
        UdpFrame(68, 67, [.. Hex("010106 00 00000001"), .. new byte[228], .. Hex("63825363 350101 FF")]),
        UdpFrame(67, 68, [.. Hex("020106 00 00000001"), .. new byte[228], .. Hex("63825363 350102 FF")]),
        UdpFrame(50_000, 5683, Hex("42 01 0001 AABB B6 766974616C73")),
        UdpFrame(5683, 50_000, Hex("62 45 0001 AABB C0 FF 3732")),
        UdpFrame(50_000, 123, [0x23, .. new byte[47]]),
        UdpFrame(123, 50_000, [0x24, 1, .. new byte[46]]),
        TcpFrame(50_000, 80, Text("GET /vitals HTTP/1.1\r\nHost: ward\r\n\r\n")),
        TcpFrame(80, 50_000, Text("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")),
        TcpFrame(50_000, 443, Hex("16 0301 0004 01000000")),
        TcpFrame(50_000, 8883, Hex("17 0303 0002 AAAA 17 0303 0001 BB")),
        TcpFrame(22, 50_000, Text("SSH-2.0-ward\r\n")),
        TcpFrame(23, 50_000, Text("\xff\xfd\x18\xff\xfb\x01login: ")),
        TcpFrame(50_000, 25, Text("EHLO pump\r\n")),
        TcpFrame(25, 50_000, Text("550 no\r\n")),
        TcpFrame(50_000, 2575, Text("\vMSH|^~\\&|GW|W|H|C|20240101||ORU^R01|1|P|2.5\rOBX|1|NM|HR||72\r\x1c\r")),
        TcpFrame(2575, 50_000, Text("\vMSH|^~\\&|H|C|GW|W|20240101||ACK|1|P|2.5\rMSA|AE|1\r\x1c\r")),
        TcpFrame(50_000, 104, [.. Hex("0100 0000 0044 0001 0000"), .. new byte[64]]),
        TcpFrame(104, 50_000, Hex("0300 0000 0004 00010101")),
    ];

    private static byte[][] Hostile =>
    [
        Hex("020000000001"),
        Ethernet(IPv4([], 6), tags: [.. Enumerable.Repeat((0x8100, 1), 12)]),
        Hex("0200000000FE 020000000001 0800 4500 0014 0000"),
        Ethernet(IPv6([], 59), 0x0800),
        Ethernet([0x43, .. IPv4(Udp(1, 2, []), 17)[1..]]),
        Ethernet([0x45, 0, 0xFF, 0xFF, .. IPv4(Udp(1, 2, []), 17)[4..]]),
        Ethernet(IPv4([.. Tcp(1, 2, Syn)[..12], 0x10, .. Tcp(1, 2, Syn)[13..]], 6)),
        Ethernet(IPv4(Tcp(1, 2, Syn)[..9], 6)),
        Ethernet(IPv4([0, 1, 0, 2, 0, 3, 0, 0], 17)),
        Ethernet(IPv6(Join([.. Enumerable.Repeat(Hex("3C00 0104 0000 0000"), 12)]), 60)),
        Ethernet(IPv6(Hex("3CFF 0104 0000 0000"), 60)),
        Ethernet(Hex("0001 0800 0604 0001"), 0x0806)[..30],
        UdpFrame(5, 5683, Hex("49 01 0001")),
        UdpFrame(5, 53, Hex("0001 0100 FFFF 0000 0000 0000")),
    ];

    private static byte[] Links
    {
        get
        {
            var ip = IPv4(Udp(5, 6, [1, 2]), 17);
            const ulong micros = 1_700_000_000_000_000;
            return new PcapNg(false).Section().Interface(113).Interface(276, resolution: 9).Interface(101).Interface(0)
                .Enhanced(0, micros, [.. Hex("0000 0001 0006 020000000001 0000 0800"), .. ip])
                .Enhanced(1, micros * 1000 + 1, [.. Hex("86DD 0000 00000003 0001 00 06 020000000001 0000"), .. IPv6(Udp(5, 6, [1]), 17)])
                .Block(5, new byte[16])
                .Enhanced(2, micros + 2, ip).Enhanced(3, micros + 3, [2, 0, 0, 0, .. ip])
                .Then(new PcapNg(true).Section().Interface(1).Enhanced(0, micros + 4, UdpFrame(5, 6, [1]))).Bytes;
        }
    }
}
