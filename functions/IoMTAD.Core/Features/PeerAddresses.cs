using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>Who a device talked with in one segment. Read again from the frames, so it is for anomalies and not for every segment.</summary>
public static class PeerAddresses
{
    /// <returns>Addresses of the other ends, by frames, most first, then by text: IP where there is one, else MAC. Empty for rows.</returns>
    public static IReadOnlyList<string> Find(Segment segment, int most)
    {
        if (segment.Content != SegmentContent.Pcap) return [];
        var device = SegmentReader.AddressOf(segment);
        Dictionary<DeviceAddress, int> frames = [];
        var reader = new CaptureReader();
        var bytes = segment.Value.Span;
        Packet packet = default;
        while (reader.TryRead(ref bytes, isFinal: true, out var frame))
        {
            PacketDecoder.Decode(frame, ref packet);
            var peer = Other(device, packet);
            if (peer != default) frames[peer] = frames.GetValueOrDefault(peer) + 1;
        }
        return [.. frames.Select(f => (f.Value, Text: f.Key.ToString())).OrderByDescending(f => f.Value).ThenBy(f => f.Text, StringComparer.Ordinal)
            .Take(most).Select(f => f.Text)];
    }

    private static DeviceAddress Other(DeviceAddress device, in Packet packet)
    {
        var outbound = device.IsMac ? packet.SourceMac == (ulong)device.Value : packet.SourceAddress == device.Value;
        var ip = outbound ? packet.DestinationAddress : packet.SourceAddress;
        if (ip != 0) return DeviceAddress.FromIp(ip);
        var mac = outbound ? packet.DestinationMac : packet.SourceMac;
        return mac == 0 ? default : DeviceAddress.FromMac(mac);
    }
}
