using System.Buffers.Binary;
using System.Text;

namespace IoMTAD.Inference.Onnx;

/// <summary>Reads the values of fields and keeps the first error, after which values mean nothing and no message goes on.</summary>
internal sealed class OnnxFields
{
    public string? Error { get; set; }

    /// <returns>False at the message's end and after any error.</returns>
    public bool TryNext(ref WireReader message, out WireField field)
    {
        field = default;
        return Error is null && message.TryNext(out field);
    }

    /// <summary>A value of an enumeration; one that is out of range of all of them comes out as 0 or 255.</summary>
    public byte Small(in WireField field) => (byte)Math.Clamp(Int(field), 0, byte.MaxValue);

    public ReadOnlySpan<byte> Bytes(in WireField field)
    {
        Want(field, WireType.Bytes);
        return field.Bytes;
    }

    public string Text(in WireField field) => Encoding.UTF8.GetString(Bytes(field));

    public long Int(in WireField field)
    {
        Want(field, WireType.Varint);
        return (long)field.Value;
    }

    public float Float(in WireField field)
    {
        Want(field, WireType.Fixed32);
        return BitConverter.UInt32BitsToSingle((uint)field.Value);
    }

    /// <summary>One number, or a packed run of them.</summary>
    public void Ints(in WireField field, List<long> numbers)
    {
        if (field.Type != WireType.Bytes)
        {
            numbers.Add(Int(field));
            return;
        }
        var packed = new WireReader(field.Bytes);
        while (packed.TryVarint(out var value)) numbers.Add((long)value);
        End(packed, "packed field");
    }

    public void Floats(in WireField field, List<float> numbers)
    {
        if (field.Type != WireType.Bytes)
        {
            numbers.Add(Float(field));
            return;
        }
        if (field.Bytes.Length % sizeof(float) != 0) Error ??= "a packed field of floats is cut short";
        for (var at = 0; at + sizeof(float) <= field.Bytes.Length; at += sizeof(float))
            numbers.Add(BinaryPrimitives.ReadSingleLittleEndian(field.Bytes[at..]));
    }

    private void Want(in WireField field, WireType type)
    {
        if (field.Type != type) Error ??= $"field {field.Number} is of wire type {field.Type}, not {type}";
    }

    public void End(in WireReader reader, string what)
    {
        if (reader.Failed) Error ??= $"the file is cut short or damaged within a {what}";
    }
}
