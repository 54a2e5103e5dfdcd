using System.Net;

namespace IoMTAD.Capture;

/// <summary>What a device is known by on the wire: its MAC address, or its IP address where the link has no MAC.</summary>
/// <remarks>IPv4 stands as its IPv4-mapped IPv6 value (RFC 4291 section 2.5.5.2).</remarks>
public readonly record struct DeviceAddress(UInt128 Value, bool IsMac)
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    public static DeviceAddress FromMac(ulong mac) => new(mac, IsMac: true);

    /// <param name="ip">An IPv6 value, or an IPv4 one in its mapped form: see <see cref="MapIPv4"/>.</param>
    public static DeviceAddress FromIp(UInt128 ip) => new(ip, IsMac: false);

    public static UInt128 MapIPv4(uint address) => MappedPrefix | address;

    /// <summary>MAC as <c>02:00:00:00:00:01</c>, else the IP address in its usual text form.</summary>
    public override string ToString()
    {
        if (IsMac)
        {
            // Each segment is keyed by this text, so it is made by hand.
            return string.Create(17, (ulong)Value, static (text, mac) =>
            {
                for (var i = 0; i < 17; i++) text[i] = i % 3 == 2 ? ':' : "0123456789abcdef"[(int)(mac >> 44 - 4 * (i - i / 3) & 0xF)];
            });
        }
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 16; i++) bytes[i] = (byte)(Value >> ((15 - i) * 8));
        var address = new IPAddress(bytes);
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    public static bool TryParse(string? text, out DeviceAddress address)
    {
        address = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        if (TryParseMac(text, out var mac))
        {
            address = FromMac(mac);
            return true;
        }
        if (!IPAddress.TryParse(text, out var ip)) return false;
        UInt128 value = 0;
        foreach (var b in ip.MapToIPv6().GetAddressBytes()) value = value << 8 | b;
        address = FromIp(value);
        return true;
    }

    private static bool TryParseMac(string text, out ulong mac)
    {
        mac = 0;
        if (text.Length != 17) return false;
        for (var i = 0; i < 17; i++)
        {
            if (i % 3 == 2)
            {
                if (text[i] is not (':' or '-')) return false;
            }
            else
            {
                if (!char.IsAsciiHexDigit(text[i])) return false;
                mac = mac << 4 | (uint)(text[i] <= '9' ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10);
            }
        }
        return true;
    }
}
