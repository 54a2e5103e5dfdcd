using System.Runtime.InteropServices;
using System.Text;
using IoMTAD.Inference.Onnx;

namespace IoMTAD.Training.Export.Onnx;

/// <summary>Puts a protobuf message together, field by field: the counterpart of <see cref="WireReader"/>.</summary>
internal sealed class WireWriter
{
    private readonly MemoryStream bytes = new();

    public byte[] ToArray() => bytes.ToArray();

    public void Int(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    public void Float(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        bytes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in value)));
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)value.Length);
        bytes.Write(value);
    }

    public void Message(int field, Action<WireWriter> write)
    {
        var message = new WireWriter();
        write(message);
        Bytes(field, message.ToArray());
    }

    public void Packed(int field, IEnumerable<long> values)
    {
        var packed = new WireWriter();
        foreach (var value in values) packed.Varint((ulong)value);
        Bytes(field, packed.ToArray());
    }

    public void Packed(int field, IEnumerable<float> values) => Bytes(field, MemoryMarshal.AsBytes(values.ToArray().AsSpan()));

    private void Tag(int field, WireType type) => Varint((ulong)field << 3 | (byte)type);

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) bytes.WriteByte((byte)(value | 0x80));
        bytes.WriteByte((byte)value);
    }
}
