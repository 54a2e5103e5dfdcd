using System.Buffers.Binary;
using System.Text;

namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>Writes a message front to back into a buffer that is long enough; network byte order unless said otherwise.</summary>
internal ref struct ByteWriter(Span<byte> buffer)
{
    private readonly Span<byte> buffer = buffer;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => buffer[..Length];

    public void U8(int value) => buffer[Length++] = (byte)value;

    public void U16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer[Length..], (ushort)value);
        Length += 2;
    }

    public void U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer[Length..], value);
        Length += 4;
    }

    public void U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(buffer[Length..], value);
        Length += 8;
    }

    public void U16Little(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[Length..], (ushort)value);
        Length += 2;
    }

    public void U32Little(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[Length..], value);
        Length += 4;
    }

    public void Mac(ulong value)
    {
        U16((int)(value >> 32));
        U32((uint)value);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer[Length..]);
        Length += bytes.Length;
    }

    public void Text(string ascii) => Length += Encoding.ASCII.GetBytes(ascii, buffer[Length..]);

    public void Number(long value)
    {
        value.TryFormat(buffer[Length..], out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Number(long value, int digits)
    {
        for (var i = digits - 1; i >= 0; i--, value /= 10) buffer[Length + i] = (byte)('0' + value % 10);
        Length += digits;
    }

    public void Zeros(int count)
    {
        buffer.Slice(Length, count).Clear();
        Length += count;
    }

    public void Random(SimulationRandom random, int count)
    {
        random.Fill(buffer.Slice(Length, count));
        Length += count;
    }

    /// <summary>Puts a length that is known only now into the byte at <paramref name="position"/>.</summary>
    public readonly void PatchU8(int position, int value) => buffer[position] = (byte)value;

    /// <summary>Puts a length that is known only now into the two bytes at <paramref name="position"/>.</summary>
    public readonly void PatchU16(int position, int value) => BinaryPrimitives.WriteUInt16BigEndian(buffer[position..], (ushort)value);

    /// <summary>Puts a length that is known only now into the four bytes at <paramref name="position"/>.</summary>
    public readonly void PatchU32(int position, uint value) => BinaryPrimitives.WriteUInt32BigEndian(buffer[position..], value);

    public readonly void PatchU32Little(int position, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(buffer[position..], value);
}
