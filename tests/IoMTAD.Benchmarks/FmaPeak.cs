using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IoMTAD.Benchmarks;

/// <summary>What one core can do at most: twelve chains of fused multiply-adds, so that none waits for another's latency.</summary>
internal static class FmaPeak
{
    private const int Chains = 12, Rounds = 20_000;

    /// <summary>Operations per second, a fused multiply-add counted as two.</summary>
    public static Sample Measure(Settings settings) => Vector512.IsHardwareAccelerated
        ? Benchmarks.Measure.Throughput(settings, () => Run512(1f) < 0 ? 0 : 2L * Chains * Rounds * Vector512<float>.Count)
        : Benchmarks.Measure.Throughput(settings, () => Run256(1f) < 0 ? 0 : 2L * Chains * Rounds * Vector256<float>.Count);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run512(float start)
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f), a = Vector512.Create(start);
        Vector512<float> b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (var n = 0; n < Rounds; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float Run256(float start)
    {
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f), a = Vector256.Create(start);
        Vector256<float> b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
        for (var n = 0; n < Rounds; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }
        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
