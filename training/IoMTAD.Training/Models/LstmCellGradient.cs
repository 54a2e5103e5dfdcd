using System.Runtime.Intrinsics;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>The element-wise half of an LSTM step, backwards.</summary>
internal static unsafe class LstmCellGradient
{
    /// <param name="gates">Activations, <c>[rows, 4·hidden]</c>.</param>
    /// <param name="previousCell">Null at the first step.</param>
    /// <param name="stateError">Of this step's state.</param>
    /// <param name="cellError">Of this step's cell from the step after; becomes that of the cell before.</param>
    /// <param name="gateError">Of the pre-activations: the result.</param>
    public static void Backward(
        float* gates, float* previousCell, float* cellTanh, float* stateError, float* cellError, float* gateError, int rows, int hidden)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Lanes512, Vector512<float>>(gates, previousCell, cellTanh, stateError, cellError, gateError, rows, hidden);
        else
            Run<Lanes256, Vector256<float>>(gates, previousCell, cellTanh, stateError, cellError, gateError, rows, hidden);
    }

    private static void Run<L, V>(
        float* gates, float* previousCell, float* cellTanh, float* stateError, float* cellError, float* gateError, int rows, int hidden)
        where L : struct, ILanes<V> where V : struct
    {
        V one = L.Broadcast(1f), zero = L.Broadcast(0f);
        for (var row = 0; row < rows; row++)
        {
            float* g = gates + (long)row * 4 * hidden, e = gateError + (long)row * 4 * hidden;
            long at = (long)row * hidden;
            for (var j = 0; j < hidden; j += L.Count, at += L.Count)
            {
                V input = L.Load(g + j), forget = L.Load(g + hidden + j);
                V candidate = L.Load(g + 2 * hidden + j), output = L.Load(g + 3 * hidden + j);
                V t = L.Load(cellTanh + at), dh = L.Load(stateError + at);
                var before = previousCell == null ? zero : L.Load(previousCell + at);
                var dc = L.MultiplyAdd(L.Multiply(dh, output), L.Subtract(one, L.Multiply(t, t)), L.Load(cellError + at));
                L.Store(e + j, L.Multiply(L.Multiply(dc, candidate), Slope(input)));
                L.Store(e + hidden + j, L.Multiply(L.Multiply(dc, before), Slope(forget)));
                L.Store(e + 2 * hidden + j, L.Multiply(L.Multiply(dc, input), L.Subtract(one, L.Multiply(candidate, candidate))));
                L.Store(e + 3 * hidden + j, L.Multiply(L.Multiply(dh, t), Slope(output)));
                L.Store(cellError + at, L.Multiply(dc, forget));
            }
        }

        V Slope(V gate) => L.Multiply(gate, L.Subtract(one, gate));
    }
}
