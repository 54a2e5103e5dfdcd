using System.Buffers.Binary;

namespace IoMTAD.Capture;

/// <summary>The blocks of a pcapng capture: sections, interfaces, packets in their three forms; all others are skipped.</summary>
/// <remarks>draft-ietf-opsawg-pcapng section 4. A packet block whose own lengths are wrong is skipped by its block length.</remarks>
internal struct PcapNgReader
{
    public const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1, Packet = 2, SimplePacket = 3, EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const int MaxInterfaces = 65_536;

    private bool bigEndian;
    private long skip;
    private long lastTimestamp;
    private PcapNgInterface[]? interfaces;
    private int interfaceCount;

    public bool TryRead(scoped ref CaptureReader capture, ref ReadOnlySpan<byte> buffer, bool isFinal, out Frame frame)
    {
        frame = default;
        while (true)
        {
            var skipped = (int)Math.Min(skip, buffer.Length);
            capture.Consume(ref buffer, skipped);
            skip -= skipped;
            if (skip > 0) return capture.AwaitMore(ref buffer, isFinal);
            if (buffer.IsEmpty) return false;
            if (buffer.Length < 12) return capture.AwaitMore(ref buffer, isFinal);

            var type = U32(buffer, 0);
            if (type == SectionHeader && !TryBeginSection(buffer)) return capture.Break(CaptureFault.UnknownFormat, ref buffer);
            var length = U32(buffer, 4);
            if (length < 12 || length % 4 != 0) return capture.Break(CaptureFault.BadLength, ref buffer);

            if (type is EnhancedPacket or Packet or SimplePacket)
            {
                var headerLength = type == SimplePacket ? 12 : 28;
                if (buffer.Length < headerLength) return capture.AwaitMore(ref buffer, isFinal);
                var fault = ReadPacketHeader(buffer, type, length - 4, out var captured, out var description);
                if (fault != CaptureFault.None)
                {
                    capture.Note(fault);
                    skip = length;
                    continue;
                }
                if (buffer.Length < headerLength + captured) return capture.AwaitMore(ref buffer, isFinal);
                if (type != SimplePacket) lastTimestamp = description.Nanoseconds((ulong)U32(buffer, 12) << 32 | U32(buffer, 16));
                var wireLength = CaptureReader.WireLength(U32(buffer, type == SimplePacket ? 8 : 24), captured);
                // A simple packet has no time of its own: it takes that of the packet before, so that time does not leap.
                frame = new Frame(lastTimestamp, wireLength, description.LinkType, capture.Position, buffer.Slice(headerLength, captured));
                capture.Consume(ref buffer, headerLength + captured);
                skip = length - headerLength - captured;
                return true;
            }
            if (type == InterfaceDescription)
            {
                var described = (int)Math.Min(length, PcapNgInterface.MaxDescription);
                if (buffer.Length < described) return capture.AwaitMore(ref buffer, isFinal);
                AddInterface(ref capture, buffer[..described]);
            }
            skip = length;
        }
    }

    private readonly CaptureFault ReadPacketHeader(
        ReadOnlySpan<byte> block, uint type, uint end, out int captured, out PcapNgInterface description)
    {
        captured = 0;
        description = default;
        var simple = type == SimplePacket;
        var index = simple ? 0 : type == Packet ? U16(block, 8) : U32(block, 8);
        if (index >= interfaceCount) return CaptureFault.UnknownInterface;
        description = interfaces![index];
        if (description.UnitsPerSecond == 0) return CaptureFault.BadTimeResolution;
        var headerLength = simple ? 12u : 28u;
        if (end < headerLength) return CaptureFault.BadLength;
        var claimed = simple ? Math.Min(Math.Min(U32(block, 8), description.SnapLength), end - headerLength) : U32(block, 20);
        if (claimed > end - headerLength || claimed > CaptureReader.MaxFrameLength) return CaptureFault.BadLength;
        captured = (int)claimed;
        return CaptureFault.None;
    }

    private bool TryBeginSection(ReadOnlySpan<byte> block)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(block[8..]);
        bigEndian = magic == ByteOrderMagic;
        interfaceCount = 0;
        return bigEndian || BinaryPrimitives.ReverseEndianness(magic) == ByteOrderMagic;
    }

    private void AddInterface(ref CaptureReader capture, ReadOnlySpan<byte> block)
    {
        var fault = PcapNgInterface.Read(block, bigEndian, out var description);
        if (interfaceCount == MaxInterfaces) fault = CaptureFault.UnknownInterface;
        if (fault != CaptureFault.None) capture.Note(fault);
        if (interfaceCount == MaxInterfaces) return;
        interfaces ??= new PcapNgInterface[4];
        if (interfaceCount == interfaces.Length) Array.Resize(ref interfaces, interfaceCount * 2);
        interfaces[interfaceCount++] = description;
    }

    private readonly uint U32(ReadOnlySpan<byte> block, int offset) => PcapNgInterface.U32(block[offset..], bigEndian);

    private readonly ushort U16(ReadOnlySpan<byte> block, int offset) => PcapNgInterface.U16(block[offset..], bigEndian);
}
