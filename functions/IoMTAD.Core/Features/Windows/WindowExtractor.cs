using IoMTAD.Capture;
using IoMTAD.Decoding;

namespace IoMTAD.Features;

/// <summary>
/// Turns the packets of one device's segment into <c>window-v1</c> vectors. Reused from segment to segment; nothing is allocated after
/// construction.
/// </summary>
/// <remarks>
/// <see cref="Begin"/>, then <see cref="Add"/> per packet: true says that a window is full and waits for <see cref="Write"/>.
/// After the last packet, <see cref="Write"/> once more if <see cref="Pending"/> is above 0. A vector depends on its own segment alone.
/// </remarks>
public sealed class WindowExtractor
{
    /// <summary>Packets of a full window.</summary>
    public const int WindowLength = 10;

    /// <summary>Packets of the longest segment.</summary>
    public const int SegmentLength = WindowLength * SequenceBatch.DefaultSteps;

    /// <summary>No frame is longer; a hostile length field stays within the sums.</summary>
    private const int LargestSize = 1 << 24;

    private DeviceAddress device;
    private int segmentPackets;
    private SizeFeatures sizes;
    private TimingFeatures timing;
    private DirectionFeatures directions;
    private ProtocolFeatures protocols;
    private TcpFeatures tcp = new();
    private PeerFeatures peers = new();
    private ArpFeatures arp = new();
    private MqttFeatures mqtt;
    private ApplicationFeatures applications;

    /// <summary>Packets of the window begun and not yet written: 0 to <see cref="WindowLength"/>.</summary>
    public int Pending { get; private set; }

    /// <summary>Starts a segment; a window not yet written is dropped.</summary>
    public void Begin(DeviceAddress address)
    {
        device = address;
        segmentPackets = 0;
        timing = default;
        directions = default;
        tcp.BeginSegment();
        peers.BeginSegment();
        arp.BeginSegment();
        BeginWindow();
    }

    /// <param name="failure">What the decoder said of the frame; an undecodable one counts too, by what was read of it.</param>
    /// <returns>True where the window is full: write it before the next packet.</returns>
    /// <exception cref="InvalidOperationException">
    /// The segment holds more than <see cref="SegmentLength"/> packets, or a full window was not written.
    /// </exception>
    public bool Add(in Packet packet, DecodeFailure failure)
    {
        if (Pending == WindowLength) throw new InvalidOperationException("A full window must be written before the next packet is added.");
        if (segmentPackets++ == SegmentLength) throw new InvalidOperationException($"A segment holds at most {SegmentLength} packets.");
        var outbound = device.IsMac ? packet.SourceMac == (ulong)device.Value : packet.SourceAddress == device.Value;
        var size = Math.Clamp(packet.WireLength, 0, LargestSize);
        sizes.Add(size, packet.PayloadLength);
        timing.Add(packet.TimestampNanoseconds, size);
        directions.Add(outbound, size);
        protocols.Add(packet, failure);
        peers.Add(packet, outbound);
        arp.Add(packet, outbound);
        if (packet.Transport == TransportProtocol.Tcp) tcp.Add(packet);
        if (packet.Application == ApplicationProtocol.Mqtt) mqtt.Add(packet);
        applications.Add(packet);
        return ++Pending == WindowLength;
    }

    /// <summary>Writes the window begun and starts the next one.</summary>
    /// <param name="vector">One value per column of <see cref="WindowSchema"/>.</param>
    /// <exception cref="InvalidOperationException">No packet was added since the last window.</exception>
    public void Write(Span<float> vector)
    {
        if (Pending == 0) throw new InvalidOperationException("A window has at least one packet.");
        sizes.Write(vector, Pending);
        timing.Write(vector, Pending, sizes.Bytes);
        directions.Write(vector, Pending, sizes.Bytes);
        protocols.Write(vector, Pending);
        tcp.Write(vector, Pending);
        peers.Write(vector, Pending);
        arp.Write(vector, Pending);
        mqtt.Write(vector);
        applications.Write(vector, Pending);
        timing.BeginWindow();
        directions.BeginWindow();
        tcp.BeginWindow();
        peers.BeginWindow();
        arp.BeginWindow();
        BeginWindow();
    }

    private void BeginWindow()
    {
        Pending = 0;
        sizes = default;
        protocols = default;
        mqtt = default;
        applications = default;
    }
}
