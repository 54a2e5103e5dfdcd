using System.Buffers.Binary;

namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>The addresses of a frame that was already written.</summary>
internal readonly struct EthernetHeader(ReadOnlySpan<byte> frame)
{
    public ulong Destination { get; } = BinaryPrimitives.ReadUInt64BigEndian(frame) >> 16;
    public ulong Source { get; } = BinaryPrimitives.ReadUInt64BigEndian(frame[6..]) >> 16;
    public ushort EtherType { get; } = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
}
