using System.Numerics;
using System.Runtime.InteropServices;

namespace IoMTAD.Training.Models;

/// <summary>Vectorised sums in a fixed order. Lengths are multiples of the widest vector, as all padded buffers are.</summary>
internal static class VectorMath
{
    public static void Add(Span<float> sum, ReadOnlySpan<float> values)
    {
        var s = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var v = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < s.Length; i++) s[i] += v[i];
    }

    public static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        var s = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var v = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < s.Length; i++) s[i] += v[i] * factor;
    }

    public static void Scale(Span<float> values, float factor)
    {
        foreach (ref var v in MemoryMarshal.Cast<float, Vector<float>>(values)) v *= factor;
    }

    public static double SquaredLength(ReadOnlySpan<float> values)
    {
        var sum = Vector<double>.Zero;
        foreach (var v in MemoryMarshal.Cast<float, Vector<float>>(values))
        {
            Vector.Widen(v, out var low, out var high);
            sum += low * low + high * high;
        }
        return Vector.Sum(sum);
    }
}
