using System.Buffers.Binary;

namespace IoMTAD.Core.Tests.Capture;

/// <summary>Writes pcapng blocks by hand, in either byte order.</summary>
internal sealed class PcapNg(bool bigEndian)
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    public PcapNg Section() => Block(0x0A0D0D0A, [.. U32(0x1A2B3C4D), .. U16(1), .. U16(0), .. U32(uint.MaxValue), .. U32(uint.MaxValue)]);

    public PcapNg Interface(int linkType, uint snapLength = 0, byte? resolution = null, long? offset = null)
    {
        List<byte> body = [.. U16(linkType), .. U16(0), .. U32(snapLength), .. U16(2), .. U16(3), .. "en0\0"u8];
        if (resolution is { } r) body.AddRange([.. U16(9), .. U16(1), r, 0, 0, 0]);
        if (offset is { } o) body.AddRange([.. U16(14), .. U16(8), .. U64((ulong)o)]);
        body.AddRange([.. U16(0), .. U16(0)]);
        return Block(1, [.. body]);
    }

    /// <summary>An Enhanced Packet Block, with a comment behind the frame.</summary>
    public PcapNg Enhanced(int index, ulong units, byte[] frame, uint? captured = null) => Block(6, [.. U32((uint)index),
        .. Stamp(units), .. U32(captured ?? (uint)frame.Length), .. U32((uint)frame.Length + 1), .. Padded(frame),
        .. U16(1), .. U16(2), .. "ok\0\0"u8, .. U16(0), .. U16(0)]);

    public PcapNg Simple(byte[] frame, uint wireLength) => Block(3, [.. U32(wireLength), .. Padded(frame)]);

    /// <summary>The obsolete Packet Block.</summary>
    public PcapNg Packet(int index, ulong units, byte[] frame) =>
        Block(2, [.. U16(index), .. U16(0), .. Stamp(units), .. U32((uint)frame.Length), .. U32((uint)frame.Length), .. Padded(frame)]);

    public PcapNg Block(uint type, byte[] body)
    {
        var length = U32((uint)body.Length + 12);
        bytes.AddRange([.. U32(type), .. length, .. body, .. length]);
        return this;
    }

    public PcapNg Then(PcapNg other)
    {
        bytes.AddRange(other.bytes);
        return this;
    }

    private static byte[] Padded(byte[] frame) => [.. frame, .. new byte[(4 - frame.Length % 4) % 4]];

    private byte[] Stamp(ulong units) => [.. U32((uint)(units >> 32)), .. U32((uint)units)];

    private byte[] U16(int value)
    {
        var two = new byte[2];
        if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)value);
        else BinaryPrimitives.WriteUInt16LittleEndian(two, (ushort)value);
        return two;
    }

    private byte[] U32(uint value) => Ordered(BitConverter.GetBytes(value));

    private byte[] U64(ulong value) => Ordered(BitConverter.GetBytes(value));

    private byte[] Ordered(byte[] native)
    {
        if (bigEndian == BitConverter.IsLittleEndian) Array.Reverse(native);
        return native;
    }
}
