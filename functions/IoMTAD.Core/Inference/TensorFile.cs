using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace IoMTAD.Inference;

/// <summary>Named float arrays in one blob: magic, count, then per array its name, length and little-endian values.</summary>
public sealed class TensorFile
{
    private static ReadOnlySpan<byte> Magic => "IoMTADt1"u8;

    private readonly List<KeyValuePair<string, float[]>> tensors = [];

    public void Add(string name, ReadOnlySpan<float> values) => tensors.Add(new(name, values.ToArray()));

    /// <summary>Null where there is none of that name.</summary>
    public float[]? Find(string name)
    {
        foreach (var tensor in tensors)
            if (string.Equals(tensor.Key, name, StringComparison.Ordinal)) return tensor.Value;
        return null;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Span<byte> number = stackalloc byte[sizeof(int)];
        bytes.Write(Magic);
        WriteNumber(tensors.Count, number);
        foreach (var (name, values) in tensors)
        {
            var text = Encoding.UTF8.GetBytes(name);
            WriteNumber(text.Length, number);
            bytes.Write(text);
            WriteNumber(values.Length, number);
            foreach (var value in values)
            {
                BinaryPrimitives.WriteSingleLittleEndian(number, value);
                bytes.Write(number);
            }
        }
        return bytes.ToArray();

        void WriteNumber(int value, Span<byte> buffer)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, value);
            bytes.Write(buffer);
        }
    }

    /// <param name="error">What is wrong with the bytes, where false is returned.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TensorFile? file, [NotNullWhen(false)] out string? error)
    {
        (file, error) = (null, "the file is not a tensor file");
        if (!bytes.StartsWith(Magic)) return false;
        error = "the tensor file is cut short";
        var rest = bytes[Magic.Length..];
        var result = new TensorFile();
        if (!TryTakeLength(ref rest, out var count)) return false;
        for (var i = 0; i < count; i++)
        {
            if (!TryTakeLength(ref rest, out var nameLength) || rest.Length < nameLength) return false;
            var name = Encoding.UTF8.GetString(rest[..nameLength]);
            rest = rest[nameLength..];
            if (!TryTakeLength(ref rest, out var length) || rest.Length / sizeof(float) < length) return false;
            var values = new float[length];
            for (var j = 0; j < length; j++) values[j] = BinaryPrimitives.ReadSingleLittleEndian(rest[(j * sizeof(float))..]);
            rest = rest[(length * sizeof(float))..];
            result.tensors.Add(new(name, values));
        }
        (file, error) = (result, null);
        return true;
    }

    private static bool TryTakeLength(ref ReadOnlySpan<byte> bytes, out int length)
    {
        if (!BinaryPrimitives.TryReadInt32LittleEndian(bytes, out length) || length < 0) return false;
        bytes = bytes[sizeof(int)..];
        return true;
    }
}
