using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>Per feature, the logarithm of the squared reconstruction error, averaged over a sequence's steps.</summary>
internal static unsafe class ReconstructionError
{
    // Errors far below a feature's spread are all alike: exact zeros of constant columns must not reach minus infinity.
    public const float Floor = 1e-3f;

    public static void Compute(float* input, float* output, long stride, int steps, int padded, float* result)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(input, output, stride, steps, padded, result);
        else Run<Lanes256, Vector256<float>>(input, output, stride, steps, padded, result);
    }

    private static void Run<L, V>(float* input, float* output, long stride, int steps, int padded, float* result)
        where L : struct, ILanes<V> where V : struct
    {
        var share = L.Broadcast(1f / steps);
        for (var j = 0; j < padded; j += L.Count)
        {
            var sum = L.Broadcast(0f);
            for (var t = 0; t < steps; t++)
            {
                var d = L.Subtract(L.Load(input + t * stride + j), L.Load(output + t * stride + j));
                sum = L.MultiplyAdd(d, d, sum);
            }
            L.Store(result + j, L.Log(L.MultiplyAdd(sum, share, L.Broadcast(Floor))));
        }
    }
}
