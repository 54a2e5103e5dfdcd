namespace IoMTAD.Inference.Onnx;

/// <summary>Between our layout of an LSTM's weights and that of the ONNX operator <c>LSTM</c>.</summary>
/// <remarks>
/// Ours is <c>[input, gate · hidden]</c> with gates in the order input, forget, candidate, output. ONNX wants
/// <c>[direction, gate · hidden, input]</c> with the order input, output, forget, cell, and the bias of the state beside that of the
/// input. Numbers are moved, never changed.
/// </remarks>
internal static class OnnxLstm
{
    /// <summary>Which of our gates stands at each place of ONNX's order.</summary>
    private static ReadOnlySpan<byte> Gates => [0, 3, 1, 2];

    /// <param name="weights"><c>[inputs, 4 · hidden]</c></param>
    /// <returns><c>[1, 4 · hidden, inputs]</c></returns>
    public static float[] ToOnnx(ReadOnlySpan<float> weights, int hidden)
    {
        var inputs = weights.Length / (4 * hidden);
        var result = new float[weights.Length];
        for (var row = 0; row < 4 * hidden; row++)
            for (var i = 0; i < inputs; i++) result[row * inputs + i] = weights[i * 4 * hidden + Ours(row, hidden)];
        return result;
    }

    /// <param name="weights"><c>[1, 4 · hidden, inputs]</c></param>
    /// <param name="result"><c>[inputs, 4 · hidden]</c></param>
    public static void FromOnnx(ReadOnlySpan<float> weights, int hidden, Span<float> result)
    {
        var inputs = weights.Length / (4 * hidden);
        for (var row = 0; row < 4 * hidden; row++)
            for (var i = 0; i < inputs; i++) result[i * 4 * hidden + Ours(row, hidden)] = weights[row * inputs + i];
    }

    private static int Ours(int row, int hidden) => Gates[row / hidden] * hidden + row % hidden;
}
