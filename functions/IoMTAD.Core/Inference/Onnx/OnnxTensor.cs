using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IoMTAD.Inference.Onnx;

/// <summary>The values of <c>TensorProto.DataType</c> that occur here.</summary>
internal enum OnnxType : byte { None = 0, Float = 1, Int32 = 6, Int64 = 7, Bool = 9, Double = 11 }

/// <summary>Numbers with a name and a shape.</summary>
/// <param name="Dims">Empty for a scalar.</param>
/// <param name="Raw">The elements one after the other, little-endian, as <c>raw_data</c> holds them.</param>
internal sealed record OnnxTensor(string Name, OnnxType Type, IReadOnlyList<long> Dims, ReadOnlyMemory<byte> Raw)
{
    /// <summary>Null where the type is none that is read here.</summary>
    public static int? SizeOf(OnnxType type) => type switch
    {
        OnnxType.Float or OnnxType.Int32 => 4,
        OnnxType.Int64 or OnnxType.Double => 8,
        OnnxType.Bool => 1,
        _ => null,
    };

    public static OnnxTensor Of(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> dims) =>
        new(name, OnnxType.Float, dims, Bytes(values));

    public static OnnxTensor Of(string name, ReadOnlySpan<double> values, params IReadOnlyList<long> dims) =>
        new(name, OnnxType.Double, dims, Bytes(values));

    public static OnnxTensor Of(string name, ReadOnlySpan<long> values, params IReadOnlyList<long> dims) =>
        new(name, OnnxType.Int64, dims, Bytes(values));

    /// <summary>The elements; empty where they are not floats.</summary>
    public float[] ToFloats()
    {
        if (Type != OnnxType.Float) return [];
        var values = new float[Raw.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(Raw.Span[(i * sizeof(float))..]);
        return values;
    }

    /// <summary>The elements; empty where they are not doubles.</summary>
    public double[] ToDoubles()
    {
        if (Type != OnnxType.Double) return [];
        var values = new double[Raw.Length / sizeof(double)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadDoubleLittleEndian(Raw.Span[(i * sizeof(double))..]);
        return values;
    }

    /// <summary>The elements; empty where they are not 64-bit integers.</summary>
    public long[] ToInts()
    {
        if (Type != OnnxType.Int64) return [];
        var values = new long[Raw.Length / sizeof(long)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadInt64LittleEndian(Raw.Span[(i * sizeof(long))..]);
        return values;
    }

    // Every runtime that .NET has vectors for is little-endian, and so are the kernels of this project.
    private static byte[] Bytes<T>(ReadOnlySpan<T> values) where T : struct => MemoryMarshal.AsBytes(values).ToArray();
}
