using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoMTAD.Capture;

/// <summary>Whose frame it is: the endpoint that the inventory knows, the source before the destination, else the source.</summary>
/// <remarks>An endpoint is a MAC address, or where the link has none (or the inventory says so) an IP address.</remarks>
internal sealed class FrameDevices
{
    private readonly HashSet<DeviceAddress> known = [];
    private readonly bool knowsMacs;
    private readonly bool knowsIps;

    public FrameDevices(DeviceInventory inventory)
    {
        foreach (var device in inventory.Devices)
        {
            if (!DeviceAddress.TryParse(device.Address, out var address)) continue;
            known.Add(address);
            knowsMacs |= address.IsMac;
            knowsIps |= !address.IsMac;
        }
    }

    /// <summary>A frame with neither kind of address belongs to <c>00:00:00:00:00:00</c>.</summary>
    public DeviceAddress Of(in Frame frame)
    {
        _ = LinkHeader.Read(frame, out var link);
        var hasMac = link.SourceMac != 0;
        if (hasMac && !knowsMacs && !knowsIps) return DeviceAddress.FromMac(link.SourceMac);

        var (source, destination) = knowsIps || !hasMac ? Addresses(frame.Bytes, link) : default;
        if (knowsMacs && hasMac && Knows(DeviceAddress.FromMac(link.SourceMac))) return DeviceAddress.FromMac(link.SourceMac);
        if (knowsIps && source != 0 && Knows(DeviceAddress.FromIp(source))) return DeviceAddress.FromIp(source);
        if (knowsMacs && link.DestinationMac != 0 && Knows(DeviceAddress.FromMac(link.DestinationMac)))
            return DeviceAddress.FromMac(link.DestinationMac);
        if (knowsIps && destination != 0 && Knows(DeviceAddress.FromIp(destination))) return DeviceAddress.FromIp(destination);
        return hasMac || source == 0 ? DeviceAddress.FromMac(link.SourceMac) : DeviceAddress.FromIp(source);
    }

    private bool Knows(DeviceAddress address) => known.Contains(address);

    /// <summary>Addresses of IPv4 (RFC 791), IPv6 (RFC 8200) and ARP (RFC 826); 0 where there are none.</summary>
    private static (UInt128 Source, UInt128 Destination) Addresses(ReadOnlySpan<byte> bytes, in LinkHeader link)
    {
        var available = bytes.Length - link.Length;
        ref var header = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), link.Length);
        return link.EtherType switch
        {
            EtherTypes.IPv4 when available >= 20 => (Wire.MappedIPv4(ref header, 12), Wire.MappedIPv4(ref header, 16)),
            EtherTypes.IPv6 when available >= 40 => (Wire.U128(ref header, 8), Wire.U128(ref header, 24)),
            EtherTypes.Arp when available >= 28 => (Wire.MappedIPv4(ref header, 14), Wire.MappedIPv4(ref header, 24)),
            _ => default,
        };
    }
}
