using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>
/// Whom the device talks to, and on which ports. A packet's service port is the lower of its two ports, the client port the higher.
/// </summary>
internal struct PeerFeatures()
{
    private const ulong GroupBit = 1UL << 40;
    private const ulong BroadcastMac = 0xFFFF_FFFF_FFFF;

    private readonly SegmentTable peers = new();
    private readonly SegmentTable servicePorts = new();
    private readonly SegmentTable clientPorts = new();
    private int wellKnown;
    private int newLowPorts;
    private int broadcast;
    private int multicast;

    public void Add(in Packet packet, bool outbound)
    {
        peers.Count(Peer(packet, outbound));
        if (packet.Transport is TransportProtocol.Tcp or TransportProtocol.Udp && packet.FragmentOffset == 0) AddPorts(packet);
        AddGroup(packet);
    }

    private static ulong Peer(in Packet packet, bool outbound)
    {
        if (packet.Network == NetworkProtocol.Other)
            return SegmentTable.Hash((UInt128)1 << 127 | (outbound ? packet.DestinationMac : packet.SourceMac));
        return SegmentTable.Hash(outbound ? packet.DestinationAddress : packet.SourceAddress);
    }

    private void AddPorts(in Packet packet)
    {
        // UDP and TCP ports of one number are two services.
        var protocol = (ulong)packet.Transport << 16;
        var service = Math.Min(packet.SourcePort, packet.DestinationPort);
        var isNew = servicePorts.Count(SegmentTable.Hash(protocol | service));
        clientPorts.Count(SegmentTable.Hash(protocol | Math.Max(packet.SourcePort, packet.DestinationPort)));
        if (service >= 1024) return;
        wellKnown++;
        if (isNew) newLowPorts++;
    }

    private void AddGroup(in Packet packet)
    {
        if ((packet.DestinationMac & GroupBit) != 0)
        {
            if (packet.DestinationMac == BroadcastMac) broadcast++;
            else multicast++;
        }
        else if (packet.DestinationMac == 0 && packet.Network is NetworkProtocol.IPv4 or NetworkProtocol.IPv6)
        {
            var isV4 = packet.Network == NetworkProtocol.IPv4;
            var v4 = (uint)packet.DestinationAddress;
            if (isV4 && v4 == uint.MaxValue) broadcast++;
            else if (isV4 ? v4 >> 28 == 0xE : packet.DestinationAddress >> 120 == 0xFF) multicast++;
        }
    }

    public readonly void Write(Span<float> vector, int packets)
    {
        float all = packets;
        vector[(int)WindowColumn.Peers] = WindowMath.Log1P(peers.WindowDistinct);
        vector[(int)WindowColumn.PeerEntropy] = (float)peers.WindowEntropy;
        vector[(int)WindowColumn.SegmentPeers] = WindowMath.Log1P(peers.SegmentDistinct);
        vector[(int)WindowColumn.ServicePorts] = WindowMath.Log1P(servicePorts.WindowDistinct);
        vector[(int)WindowColumn.ClientPorts] = WindowMath.Log1P(clientPorts.WindowDistinct);
        vector[(int)WindowColumn.WellKnownPortShare] = wellKnown / all;
        vector[(int)WindowColumn.NewLowPorts] = WindowMath.Log1P(newLowPorts);
        vector[(int)WindowColumn.BroadcastShare] = broadcast / all;
        vector[(int)WindowColumn.MulticastShare] = multicast / all;
    }

    public void BeginSegment()
    {
        peers.BeginSegment();
        servicePorts.BeginSegment();
        clientPorts.BeginSegment();
        wellKnown = newLowPorts = broadcast = multicast = 0;
    }

    public void BeginWindow()
    {
        peers.BeginWindow();
        servicePorts.BeginWindow();
        clientPorts.BeginWindow();
        wellKnown = newLowPorts = broadcast = multicast = 0;
    }
}
