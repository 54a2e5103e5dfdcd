using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace IoMTAD.Inference.Onnx;

/// <summary>The numbers of an ONNX file as a <see cref="TensorSet"/>.</summary>
/// <remarks>
/// Arrays that the graph uses are its initializers. Those that managed code alone needs stand in the metadata, base64 of little-endian
/// floats: a runtime warns of initializers that no node uses.
/// </remarks>
internal static class OnnxTensors
{
    /// <summary>What the key of a metadata entry that holds an array starts with; the array's name follows.</summary>
    public const string MetadataPrefix = "tensor:";

    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out TensorSet? tensors, [NotNullWhen(false)] out string? error)
    {
        tensors = null;
        if (!OnnxReader.TryRead(file, out var model, out error)) return false;
        var result = new TensorSet();
        foreach (var (name, tensor) in model.Initializers)
            if (tensor.Type == OnnxType.Float) result.Add(name, tensor.ToFloats());
        foreach (var (key, value) in model.Metadata)
        {
            if (!key.StartsWith(MetadataPrefix, StringComparison.Ordinal)) continue;
            if (!TryDecode(value, out var values))
            {
                error = $"metadata '{key}' is not base64 of floats";
                return false;
            }
            result.Add(key[MetadataPrefix.Length..], values);
        }
        tensors = result;
        return true;
    }

    public static string Encode(ReadOnlySpan<float> values) => Convert.ToBase64String(MemoryMarshal.AsBytes(values));

    private static bool TryDecode(string text, out float[] values)
    {
        values = [];
        var bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length % sizeof(float) != 0) return false;
        values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, length)).ToArray();
        return true;
    }
}
