using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>The vector operations that the kernels need, so that each kernel is written once and compiled per width.</summary>
/// <remarks>Every lane computes what a scalar would, in the same order: results do not depend on the width.</remarks>
internal interface ILanes<V> where V : struct
{
    static abstract int Count { get; }
    static abstract unsafe V Load(float* p);
    static abstract unsafe void Store(float* p, V v);
    static abstract V Broadcast(float x);
    static abstract V Add(V a, V b);
    static abstract V Subtract(V a, V b);
    static abstract V Multiply(V a, V b);
    static abstract V Divide(V a, V b);
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary><c>b</c> where either is not a number: clamping cleans a value.</summary>
    static abstract V Min(V a, V b);
    static abstract V Max(V a, V b);
    static abstract V Sqrt(V a);

    /// <summary>In double precision, rounded once: other runtimes round their logarithm so, and a tree that asks on which side of a threshold
    /// it lies must get the same answer.</summary>
    static abstract V Log(V a);

    /// <summary><c>a</c> where the lane of <paramref name="mask"/> is not zero, else <c>b</c>.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary><c>p · 2^k</c>, where <paramref name="biased"/> is k + 1.5·2²³, that is, k in the low bits of its mantissa.</summary>
    static abstract V ScaleByPowerOfTwo(V p, V biased);
}

internal readonly struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;
    public static unsafe Vector512<float> Load(float* p) => Vector512.Load(p);
    public static unsafe void Store(float* p, Vector512<float> v) => v.Store(p);
    public static Vector512<float> Broadcast(float x) => Vector512.Create(x);
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.MinNative(a, b);
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);
    public static Vector512<float> Sqrt(Vector512<float> a) => Vector512.Sqrt(a);
    public static Vector512<float> Log(Vector512<float> a)
    {
        var (low, high) = Vector512.Widen(a);
        return Vector512.Narrow(Vector512.Log(low), Vector512.Log(high));
    }

    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(Vector512.Equals(mask, Vector512<float>.Zero), b, a);
    public static Vector512<float> ScaleByPowerOfTwo(Vector512<float> p, Vector512<float> biased) =>
        (p.AsInt32() + (biased.AsInt32() << 23)).AsSingle();
}

internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;
    public static unsafe Vector256<float> Load(float* p) => Vector256.Load(p);
    public static unsafe void Store(float* p, Vector256<float> v) => v.Store(p);
    public static Vector256<float> Broadcast(float x) => Vector256.Create(x);
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.MinNative(a, b);
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);
    public static Vector256<float> Sqrt(Vector256<float> a) => Vector256.Sqrt(a);
    public static Vector256<float> Log(Vector256<float> a)
    {
        var (low, high) = Vector256.Widen(a);
        return Vector256.Narrow(Vector256.Log(low), Vector256.Log(high));
    }

    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(Vector256.Equals(mask, Vector256<float>.Zero), b, a);
    public static Vector256<float> ScaleByPowerOfTwo(Vector256<float> p, Vector256<float> biased) =>
        (p.AsInt32() + (biased.AsInt32() << 23)).AsSingle();
}
