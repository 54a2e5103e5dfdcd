using System.Runtime.Intrinsics;

namespace IoMTAD.Inference.Networks;

/// <summary>The layers without parameters. Rows are padded to the widest vector.</summary>
internal static unsafe class NetworkKernels
{
    public static void Run(PlacedLayer layer, float* from, float* to, int rows)
    {
        if (Vector512.IsHardwareAccelerated) Run<Lanes512, Vector512<float>>(layer, from, to, rows);
        else Run<Lanes256, Vector256<float>>(layer, from, to, rows);
    }

    internal static void Run<L, V>(PlacedLayer layer, float* from, float* to, int rows) where L : struct, ILanes<V> where V : struct
    {
        var (input, output) = (layer.Input, layer.Output);
        if (layer.Layer is ReluLayer)
        {
            Rectify<L, V>(to, (long)rows * output.Size);
            return;
        }
        for (var r = 0; r < rows; r++, from += input.Size, to += output.Size)
        {
            switch (layer.Layer)
            {
                case SoftmaxLayer:
                    Softmax<L, V>(to, output.Channels, output.Stride);
                    break;
                case MaxPoolLayer pool:
                    for (var t = 0; t < output.Steps; t++)
                        Largest<L, V>(from + t * pool.Size * input.Stride, pool.Size, input.Stride, to + t * output.Stride);
                    break;
                case GlobalPoolLayer { Kind: var kind }:
                    if (kind != GlobalPool.Mean) Largest<L, V>(from, input.Steps, input.Stride, to);
                    if (kind != GlobalPool.Max) Mean<L, V>(from, input.Steps, input.Stride, to + (output.Steps - 1) * output.Stride);
                    break;
            }
        }
    }

    private static void Rectify<L, V>(float* values, long count) where L : struct, ILanes<V> where V : struct
    {
        var zero = L.Broadcast(0f);
        for (long i = 0; i < count; i += L.Count) L.Store(values + i, L.Max(L.Load(values + i), zero));
    }

    private static void Largest<L, V>(float* from, int steps, int stride, float* to) where L : struct, ILanes<V> where V : struct
    {
        for (var j = 0; j < stride; j += L.Count)
        {
            var largest = L.Load(from + j);
            for (var t = 1; t < steps; t++) largest = L.Max(largest, L.Load(from + t * stride + j));
            L.Store(to + j, largest);
        }
    }

    private static void Mean<L, V>(float* from, int steps, int stride, float* to) where L : struct, ILanes<V> where V : struct
    {
        var share = L.Broadcast(1f / steps);
        for (var j = 0; j < stride; j += L.Count)
        {
            var sum = L.Load(from + j);
            for (var t = 1; t < steps; t++) sum = L.Add(sum, L.Load(from + t * stride + j));
            L.Store(to + j, L.Multiply(sum, share));
        }
    }

    // The largest is taken away first, so that the exponential never overflows and at least one is 1.
    private static void Softmax<L, V>(float* values, int count, int stride) where L : struct, ILanes<V> where V : struct
    {
        var largest = values[0];
        for (var j = 1; j < count; j++) largest = Math.Max(largest, values[j]);
        for (var j = 0; j < stride; j += L.Count)
            L.Store(values + j, Activations.Exp<L, V>(L.Subtract(L.Load(values + j), L.Broadcast(largest))));
        var sum = 0f;
        for (var j = 0; j < count; j++) sum += values[j];
        for (var j = 0; j < count; j++) values[j] /= sum;
        new Span<float>(values + count, stride - count).Clear();
    }
}
