using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoMTAD.Capture;

/// <summary>Whose frame it is: the endpoint that the inventory knows, the source before the destination, else the source.</summary>
/// <remarks>An endpoint is a MAC address, or where the link has none (or the inventory says so) an IP address.</remarks>
internal sealed class FrameDevices
{
    private readonly HashSet<ulong> macs = [];
    private readonly HashSet<UInt128> ips = [];

    public FrameDevices(DeviceInventory inventory)
    {
        foreach (var device in inventory.Devices)
        {
            if (!DeviceAddress.TryParse(device.Address, out var address)) continue;
            if (address.IsMac) macs.Add((ulong)address.Value);
            else ips.Add(address.Value);
        }
    }

    /// <summary>A frame with neither kind of address belongs to <c>00:00:00:00:00:00</c>.</summary>
    public DeviceAddress Of(in Frame frame)
    {
        _ = LinkHeader.Read(frame, out var link);
        var hasMac = link.SourceMac != 0;
        var (source, destination) = ips.Count > 0 || !hasMac ? Addresses(frame.Bytes, link) : default;
        if (hasMac && macs.Contains(link.SourceMac)) return DeviceAddress.FromMac(link.SourceMac);
        if (source != 0 && ips.Contains(source)) return DeviceAddress.FromIp(source);
        if (link.DestinationMac != 0 && macs.Contains(link.DestinationMac)) return DeviceAddress.FromMac(link.DestinationMac);
        if (destination != 0 && ips.Contains(destination)) return DeviceAddress.FromIp(destination);
        return hasMac || source == 0 ? DeviceAddress.FromMac(link.SourceMac) : DeviceAddress.FromIp(source);
    }

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
