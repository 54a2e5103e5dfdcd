using System.Net;
using IoMTAD.Decoding;

namespace IoMTAD.Core.Tests.Decoding;

/// <summary>Frames by hand, from the inside out: <c>Build.Ethernet(Build.IPv4(Build.Udp(…)))</c>. Checksums are left at zero.</summary>
internal static class Build
{
    public const ulong MonitorMac = 0x02_00_00_00_00_01, GatewayMac = 0x02_00_00_00_00_FE;

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Join(params byte[][] parts) => parts.SelectMany(p => p).ToArray();

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U32(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    public static byte[] Mac(ulong mac) => Join(U16((int)(mac >> 32)), U32((uint)mac));

    public static byte[] Ip(string address) => IPAddress.Parse(address).GetAddressBytes();

    /// <summary>Padded to the 60 bytes that Ethernet asks for. A tag is its EtherType and VLAN identifier.</summary>
    public static byte[] Ethernet(
        byte[] inner, int etherType = 0, ulong source = MonitorMac, ulong destination = GatewayMac, params (int EtherType, int Id)[] tags)
    {
        if (etherType == 0) etherType = inner[0] >> 4 == 6 ? 0x86DD : 0x0800;
        var tagBytes = Join([.. tags.Select(t => Join(U16(t.EtherType), U16(t.Id)))]);
        var bytes = Join(Mac(destination), Mac(source), tagBytes, U16(etherType), inner);
        return bytes.Length < 60 ? [.. bytes, .. new byte[60 - bytes.Length]] : bytes;
    }

    public static byte[] Arp(int operation, ulong senderMac, string sender, ulong targetMac, string target) =>
        Join(Hex("0001 0800 0604"), U16(operation), Mac(senderMac), Ip(sender), Mac(targetMac), Ip(target));

    public static byte[] IPv4(
        byte[] inner, byte protocol, string source = "10.0.0.1", string destination = "10.0.0.254", byte ttl = 64, int fragment = 0,
        byte[]? options = null)
    {
        var header = 20 + (options?.Length ?? 0);
        return Join([(byte)(0x40 | header / 4), 0], U16(header + inner.Length), U16(7), U16(fragment), [ttl, protocol], U16(0), Ip(source),
            Ip(destination), options ?? [], inner);
    }

    public static byte[] IPv6(byte[] inner, byte next, string source = "fd00::1", string destination = "fd00::fe", byte hopLimit = 64) =>
        Join([0x60, 0, 0, 0], U16(inner.Length), [next, hopLimit], Ip(source), Ip(destination), inner);

    public static byte[] Tcp(int source, int destination, TcpFlags flags, byte[]? payload = null, uint sequence = 1, byte[]? options = null)
    {
        var header = 20 + (options?.Length ?? 0);
        return Join(U16(source), U16(destination), U32(sequence), U32(2), [(byte)(header / 4 << 4), (byte)flags], U16(8192), U16(0), U16(0),
            options ?? [], payload ?? []);
    }

    public static byte[] Udp(int source, int destination, byte[] payload) =>
        Join(U16(source), U16(destination), U16(8 + payload.Length), U16(0), payload);

    public static byte[] Icmp(byte type, byte code, byte[]? payload = null) => Join([type, code, 0, 0, 0, 7, 0, 1], payload ?? []);

    /// <summary>An Ethernet frame with one TCP segment in IPv4, its payload and ports as given.</summary>
    public static byte[] TcpFrame(int source, int destination, byte[] payload) =>
        Ethernet(IPv4(Tcp(source, destination, TcpFlags.Psh | TcpFlags.Ack, payload), 6));

    public static byte[] UdpFrame(int source, int destination, byte[] payload) => Ethernet(IPv4(Udp(source, destination, payload), 17));

}
