using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>ARP, and which MAC address stands for which IP address.</summary>
/// <remarks>
/// Bindings are learnt within the segment from ARP's sender fields and from the far end of every IP packet. One changes when an IP
/// address moves to another MAC, or when ARP claims a second IP address for one MAC: what a poisoned cache looks like from the device.
/// </remarks>
internal struct ArpFeatures()
{
    private const ushort Request = 1;
    private const ushort Reply = 2;
    private const ulong GroupBit = 1UL << 40;

    private readonly SegmentTable macOf = new();
    private readonly SegmentTable claimOf = new();
    private readonly SegmentTable asked = new();
    private int requests;
    private int replies;
    private int gratuitous;
    private int unasked;
    private int changed;

    public void Add(in Packet packet, bool outbound)
    {
        if (packet.Network == NetworkProtocol.Arp) AddArp(packet);
        else if (packet.Network != NetworkProtocol.Other)
            Bind(outbound ? packet.DestinationAddress : packet.SourceAddress, outbound ? packet.DestinationMac : packet.SourceMac);
    }

    private void AddArp(in Packet packet)
    {
        if (packet.IsArpGratuitous) gratuitous++;
        if (packet.ArpOperation == Request)
        {
            requests++;
            asked.Add(SegmentTable.Hash(packet.DestinationAddress));
        }
        else if (packet.ArpOperation == Reply)
        {
            replies++;
            if (!asked.Contains(SegmentTable.Hash(packet.SourceAddress))) unasked++;
        }
        // An address probe has no sender address yet (RFC 5227 section 1.1): it claims nothing.
        if ((uint)packet.SourceAddress == 0) return;
        if (claimOf.Rebind(SegmentTable.Hash(packet.ArpSenderMac), SegmentTable.Hash(packet.SourceAddress))) changed++;
        Bind(packet.SourceAddress, packet.ArpSenderMac);
    }

    private void Bind(UInt128 address, ulong mac)
    {
        if (mac == 0 || (mac & GroupBit) != 0) return;
        if (macOf.Rebind(SegmentTable.Hash(address), mac)) changed++;
    }

    public readonly void Write(Span<float> vector, int packets)
    {
        float all = packets;
        vector[(int)WindowColumn.ArpRequestShare] = requests / all;
        vector[(int)WindowColumn.ArpReplyShare] = replies / all;
        vector[(int)WindowColumn.ArpGratuitousShare] = gratuitous / all;
        vector[(int)WindowColumn.ArpUnaskedShare] = unasked / all;
        vector[(int)WindowColumn.ChangedBindings] = WindowMath.Log1P(changed);
    }

    public void BeginSegment()
    {
        macOf.BeginSegment();
        claimOf.BeginSegment();
        asked.BeginSegment();
        changed = 0;
        BeginWindow();
    }

    public void BeginWindow() => requests = replies = gratuitous = unasked = 0;
}
