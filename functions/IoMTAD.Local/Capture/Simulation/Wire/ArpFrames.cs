using System.Buffers.Binary;

namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>ARP over Ethernet (RFC 826) and its announcements (RFC 5227).</summary>
internal static class ArpFrames
{
    private const int Length = 28;

    public static void Request(Timeline timeline, long time, ulong senderMac, uint senderIp, uint targetIp,
        ulong destination = EthernetFrames.Broadcast) =>
        Write(timeline, time, destination, 1, senderMac, senderIp, 0, targetIp);

    /// <param name="from">The frame's own source address where it is not the sender's of the claim: a forged reply.</param>
    public static void Reply(Timeline timeline, long time, ulong senderMac, uint senderIp, ulong targetMac, uint targetIp,
        ulong? from = null) =>
        Write(timeline, time, targetMac, 2, senderMac, senderIp, targetMac, targetIp, from);

    /// <summary>Who has it, and its answer; returns the moment of the answer.</summary>
    public static long Resolve(Timeline timeline, SimulationRandom random, long time, Host asking, Host asked, bool unicast = false)
    {
        Request(timeline, time, asking.Mac, asking.Ip, asked.Ip, unicast ? asked.Mac : EthernetFrames.Broadcast);
        time += random.Between(120 * Nano.Microsecond, 500 * Nano.Microsecond);
        Reply(timeline, time, asked.Mac, asked.Ip, asking.Mac, asking.Ip);
        return time;
    }

    private static void Write(
        Timeline timeline, long time, ulong destination, ushort operation, ulong senderMac, uint senderIp, ulong targetMac, uint targetIp,
        ulong? from = null)
    {
        var frame = timeline.Rent(time, EthernetFrames.HeaderLength + Length);
        EthernetFrames.WriteEthernet(frame, from ?? senderMac, destination, 0x0806);
        var arp = frame[EthernetFrames.HeaderLength..];
        BinaryPrimitives.WriteUInt64BigEndian(arp, 0x0001_0800_0604_0000UL | operation);
        BinaryPrimitives.WriteUInt64BigEndian(arp[8..], senderMac << 16 | senderIp >> 16);
        BinaryPrimitives.WriteUInt64BigEndian(arp[16..], (ulong)(ushort)senderIp << 48 | targetMac);
        BinaryPrimitives.WriteUInt32BigEndian(arp[24..], targetIp);
    }
}
