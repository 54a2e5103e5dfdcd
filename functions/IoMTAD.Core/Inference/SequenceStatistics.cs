using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>
/// What a sequence looks like as a whole, per scaled feature: mean, standard deviation, minimum, maximum, and mean absolute step.
/// </summary>
/// <remarks>A single step has no spread and no step: those are zero, which is why sequences are judged among others of like
/// length.</remarks>
internal static unsafe class SequenceStatistics
{
    public const int Kinds = 5;

    public static int Length(int padded) => Kinds * padded;

    /// <param name="rows">The first step.</param>
    /// <param name="stride">Floats from one step to the next.</param>
    /// <param name="result"><c>[kind, padded]</c></param>
    public static void Compute(float* rows, long stride, int steps, int padded, float* result)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(rows, stride, steps, padded, result);
        else Run<Lanes256, Vector256<float>>(rows, stride, steps, padded, result);
    }

    private static void Run<L, V>(float* rows, long stride, int steps, int padded, float* result)
        where L : struct, ILanes<V> where V : struct
    {
        V share = L.Broadcast(1f / steps), perStep = L.Broadcast(1f / Math.Max(1, steps - 1));
        for (var j = 0; j < padded; j += L.Count)
        {
            V x = L.Load(rows + j), sum = x, low = x, high = x, walked = L.Broadcast(0f);
            for (var t = 1; t < steps; t++)
            {
                var next = L.Load(rows + t * stride + j);
                walked = L.Add(walked, L.Subtract(L.Max(x, next), L.Min(x, next)));
                x = next;
                sum = L.Add(sum, x);
                low = L.Min(low, x);
                high = L.Max(high, x);
            }
            var mean = L.Multiply(sum, share);
            var squares = L.Broadcast(0f);
            for (var t = 0; t < steps; t++)
            {
                var d = L.Subtract(L.Load(rows + t * stride + j), mean);
                // Not fused: a graph has product and sum apart, and a tree must see the same bits there.
                squares = L.Add(squares, L.Multiply(d, d));
            }
            L.Store(result + j, mean);
            L.Store(result + padded + j, L.Sqrt(L.Multiply(squares, share)));
            L.Store(result + 2 * padded + j, low);
            L.Store(result + 3 * padded + j, high);
            L.Store(result + 4 * padded + j, L.Multiply(walked, perStep));
        }
    }
}
