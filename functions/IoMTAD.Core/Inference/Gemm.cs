using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>Row-major matrix product <c>C += A·B</c> for the small, wide matrices of a recurrent net.</summary>
/// <remarks>
/// Tiles of 4 × 64 (512-bit) or 2 × 32 (256-bit) keep all sums in registers. Each element of C is summed over k in one fixed order, so
/// a row's
/// result is the same bits whatever rows stand beside it: scores may not depend on how sequences are batched.
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>Columns of B and C come in multiples of this; narrower matrices are padded with zeros.</summary>
    public const int Align = 16;

    public static int Pad(int columns) => (columns + Align - 1) / Align * Align;

    /// <param name="aRow">Floats from one row of A to the next.</param>
    /// <param name="aStep">Floats from one element of a row of A to the next: 1, or the row length to multiply by a transpose.</param>
    public static void MultiplyAdd(float* a, int aRow, int aStep, float* b, int bRow, float* c, int cRow, int m, int n, int k)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(a, aRow, aStep, b, bRow, c, cRow, m, n, k);
        else Run<Lanes256, Vector256<float>>(a, aRow, aStep, b, bRow, c, cRow, m, n, k);
    }

    internal static void Run<L, V>(float* a, int aRow, int aStep, float* b, int bRow, float* c, int cRow, int m, int n, int k)
        where L : struct, ILanes<V> where V : struct
    {
        var rows = L.Count == 16 ? 4 : 2;
        var i = 0;
        for (; i + rows <= m; i += rows)
        {
            if (rows == 4) FourRows<L, V>(a + (long)i * aRow, aRow, aStep, b, bRow, c + (long)i * cRow, cRow, n, k);
            else TwoRows<L, V>(a + (long)i * aRow, aRow, aStep, b, bRow, c + (long)i * cRow, cRow, n, k);
        }
        for (; i < m; i++) OneRow<L, V>(a + (long)i * aRow, aStep, b, bRow, c + (long)i * cRow, n, k);
    }

    private static void FourRows<L, V>(float* a, int aRow, int aStep, float* b, int bRow, float* c, int cRow, int n, int k)
        where L : struct, ILanes<V> where V : struct
    {
        var w = L.Count;
        float* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow, c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
        var j = 0;
        for (; j + 4 * w <= n; j += 4 * w)
        {
            V s00 = L.Load(c + j), s01 = L.Load(c + j + w), s02 = L.Load(c + j + 2 * w), s03 = L.Load(c + j + 3 * w);
            V s10 = L.Load(c1 + j), s11 = L.Load(c1 + j + w), s12 = L.Load(c1 + j + 2 * w), s13 = L.Load(c1 + j + 3 * w);
            V s20 = L.Load(c2 + j), s21 = L.Load(c2 + j + w), s22 = L.Load(c2 + j + 2 * w), s23 = L.Load(c2 + j + 3 * w);
            V s30 = L.Load(c3 + j), s31 = L.Load(c3 + j + w), s32 = L.Load(c3 + j + 2 * w), s33 = L.Load(c3 + j + 3 * w);
            var bp = b + j;
            long at = 0;
            for (var p = 0; p < k; p++, bp += bRow, at += aStep)
            {
                V b0 = L.Load(bp), b1 = L.Load(bp + w), b2 = L.Load(bp + 2 * w), b3 = L.Load(bp + 3 * w);
                var x = L.Broadcast(a[at]);
                s00 = L.MultiplyAdd(x, b0, s00); s01 = L.MultiplyAdd(x, b1, s01);
                s02 = L.MultiplyAdd(x, b2, s02); s03 = L.MultiplyAdd(x, b3, s03);
                x = L.Broadcast(a1[at]);
                s10 = L.MultiplyAdd(x, b0, s10); s11 = L.MultiplyAdd(x, b1, s11);
                s12 = L.MultiplyAdd(x, b2, s12); s13 = L.MultiplyAdd(x, b3, s13);
                x = L.Broadcast(a2[at]);
                s20 = L.MultiplyAdd(x, b0, s20); s21 = L.MultiplyAdd(x, b1, s21);
                s22 = L.MultiplyAdd(x, b2, s22); s23 = L.MultiplyAdd(x, b3, s23);
                x = L.Broadcast(a3[at]);
                s30 = L.MultiplyAdd(x, b0, s30); s31 = L.MultiplyAdd(x, b1, s31);
                s32 = L.MultiplyAdd(x, b2, s32); s33 = L.MultiplyAdd(x, b3, s33);
            }
            L.Store(c + j, s00); L.Store(c + j + w, s01); L.Store(c + j + 2 * w, s02); L.Store(c + j + 3 * w, s03);
            L.Store(c1 + j, s10); L.Store(c1 + j + w, s11); L.Store(c1 + j + 2 * w, s12); L.Store(c1 + j + 3 * w, s13);
            L.Store(c2 + j, s20); L.Store(c2 + j + w, s21); L.Store(c2 + j + 2 * w, s22); L.Store(c2 + j + 3 * w, s23);
            L.Store(c3 + j, s30); L.Store(c3 + j + w, s31); L.Store(c3 + j + 2 * w, s32); L.Store(c3 + j + 3 * w, s33);
        }
        for (; j < n; j += w)
        {
            V s0 = L.Load(c + j), s1 = L.Load(c1 + j), s2 = L.Load(c2 + j), s3 = L.Load(c3 + j);
            var bp = b + j;
            long at = 0;
            for (var p = 0; p < k; p++, bp += bRow, at += aStep)
            {
                var b0 = L.Load(bp);
                s0 = L.MultiplyAdd(L.Broadcast(a[at]), b0, s0);
                s1 = L.MultiplyAdd(L.Broadcast(a1[at]), b0, s1);
                s2 = L.MultiplyAdd(L.Broadcast(a2[at]), b0, s2);
                s3 = L.MultiplyAdd(L.Broadcast(a3[at]), b0, s3);
            }
            L.Store(c + j, s0); L.Store(c1 + j, s1); L.Store(c2 + j, s2); L.Store(c3 + j, s3);
        }
    }

    private static void TwoRows<L, V>(float* a, int aRow, int aStep, float* b, int bRow, float* c, int cRow, int n, int k)
        where L : struct, ILanes<V> where V : struct
    {
        var w = L.Count;
        float* a1 = a + aRow, c1 = c + cRow;
        var j = 0;
        for (; j + 4 * w <= n; j += 4 * w)
        {
            V s00 = L.Load(c + j), s01 = L.Load(c + j + w), s02 = L.Load(c + j + 2 * w), s03 = L.Load(c + j + 3 * w);
            V s10 = L.Load(c1 + j), s11 = L.Load(c1 + j + w), s12 = L.Load(c1 + j + 2 * w), s13 = L.Load(c1 + j + 3 * w);
            var bp = b + j;
            long at = 0;
            for (var p = 0; p < k; p++, bp += bRow, at += aStep)
            {
                V x = L.Broadcast(a[at]), y = L.Broadcast(a1[at]), b0 = L.Load(bp), b1 = L.Load(bp + w);
                s00 = L.MultiplyAdd(x, b0, s00); s10 = L.MultiplyAdd(y, b0, s10);
                s01 = L.MultiplyAdd(x, b1, s01); s11 = L.MultiplyAdd(y, b1, s11);
                b0 = L.Load(bp + 2 * w); b1 = L.Load(bp + 3 * w);
                s02 = L.MultiplyAdd(x, b0, s02); s12 = L.MultiplyAdd(y, b0, s12);
                s03 = L.MultiplyAdd(x, b1, s03); s13 = L.MultiplyAdd(y, b1, s13);
            }
            L.Store(c + j, s00); L.Store(c + j + w, s01); L.Store(c + j + 2 * w, s02); L.Store(c + j + 3 * w, s03);
            L.Store(c1 + j, s10); L.Store(c1 + j + w, s11); L.Store(c1 + j + 2 * w, s12); L.Store(c1 + j + 3 * w, s13);
        }
        if (j == n) return;
        OneRow<L, V>(a, aStep, b + j, bRow, c + j, n - j, k);
        OneRow<L, V>(a1, aStep, b + j, bRow, c1 + j, n - j, k);
    }

    private static void OneRow<L, V>(float* a, int aStep, float* b, int bRow, float* c, int n, int k)
        where L : struct, ILanes<V> where V : struct
    {
        var w = L.Count;
        var j = 0;
        for (; j + 4 * w <= n; j += 4 * w)
        {
            V s0 = L.Load(c + j), s1 = L.Load(c + j + w), s2 = L.Load(c + j + 2 * w), s3 = L.Load(c + j + 3 * w);
            var bp = b + j;
            long at = 0;
            for (var p = 0; p < k; p++, bp += bRow, at += aStep)
            {
                var x = L.Broadcast(a[at]);
                s0 = L.MultiplyAdd(x, L.Load(bp), s0);
                s1 = L.MultiplyAdd(x, L.Load(bp + w), s1);
                s2 = L.MultiplyAdd(x, L.Load(bp + 2 * w), s2);
                s3 = L.MultiplyAdd(x, L.Load(bp + 3 * w), s3);
            }
            L.Store(c + j, s0); L.Store(c + j + w, s1); L.Store(c + j + 2 * w, s2); L.Store(c + j + 3 * w, s3);
        }
        for (; j < n; j += w)
        {
            var s = L.Load(c + j);
            var bp = b + j;
            long at = 0;
            for (var p = 0; p < k; p++, bp += bRow, at += aStep) s = L.MultiplyAdd(L.Broadcast(a[at]), L.Load(bp), s);
            L.Store(c + j, s);
        }
    }
}
