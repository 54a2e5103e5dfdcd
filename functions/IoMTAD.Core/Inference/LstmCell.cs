using System.Runtime.Intrinsics;

namespace IoMTAD.Inference;

/// <summary>The element-wise half of an LSTM step: gates, cell and state in one sweep (Hochreiter and Schmidhuber 1997; Gers et al.
/// 2000).</summary>
internal static unsafe class LstmCell
{
    /// <param name="gates">Pre-activations <c>[rows, 4·hidden]</c>; holds the activations afterwards.</param>
    /// <param name="previousCell">Null at the first step.</param>
    public static void Forward(float* gates, float* previousCell, float* cell, float* cellTanh, float* state, int rows, int hidden)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512, Vector512<float>>(gates, previousCell, cell, cellTanh, state, rows, hidden);
        else
            Run<Lanes256, Vector256<float>>(gates, previousCell, cell, cellTanh, state, rows, hidden);
    }

    internal static void Run<L, V>(float* gates, float* previousCell, float* cell, float* cellTanh, float* state, int rows, int hidden)
        where L : struct, ILanes<V> where V : struct
    {
        for (var row = 0; row < rows; row++)
        {
            var g = gates + (long)row * 4 * hidden;
            long at = (long)row * hidden;
            for (var j = 0; j < hidden; j += L.Count, at += L.Count)
            {
                var input = Activations.Sigmoid<L, V>(L.Load(g + j));
                var forget = Activations.Sigmoid<L, V>(L.Load(g + hidden + j));
                var candidate = Activations.Tanh<L, V>(L.Load(g + 2 * hidden + j));
                var output = Activations.Sigmoid<L, V>(L.Load(g + 3 * hidden + j));
                var c = L.Multiply(input, candidate);
                if (previousCell != null) c = L.MultiplyAdd(forget, L.Load(previousCell + at), c);
                var t = Activations.Tanh<L, V>(c);
                L.Store(g + j, input);
                L.Store(g + hidden + j, forget);
                L.Store(g + 2 * hidden + j, candidate);
                L.Store(g + 3 * hidden + j, output);
                L.Store(cell + at, c);
                L.Store(cellTanh + at, t);
                L.Store(state + at, L.Multiply(output, t));
            }
        }
    }
}
