using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Names of what an autoencoder makes of scaled rows.</summary>
/// <param name="Code">float <c>[N, hidden]</c></param>
/// <param name="Output">Zero beyond the length, float <c>[N, T, P]</c>.</param>
/// <param name="LogError">float <c>[N, P]</c></param>
internal sealed record AutoencoderValues(string Code, string Output, string LogError);

/// <summary>Runs an <see cref="Autoencoder"/> by two <c>LSTM</c> operators.</summary>
internal static class AutoencoderGraph
{
    public static AutoencoderValues Append(OnnxGraph graph, ScaledRows scaled, Autoencoder autoencoder)
    {
        var shape = autoencoder.Shape;
        var weights = autoencoder.Parameters.Span;
        var state = Lstm(graph, "encoder", graph.Transpose(scaled.Rows, 1, 0, 2), scaled.Lengths, shape.Hidden,
            weights[shape.EncoderInput..shape.EncoderState], weights[shape.EncoderState..shape.EncoderBias],
            weights[shape.EncoderBias..shape.DecoderCode])[1];
        var steps = graph.Slice(graph.Add("Shape", [scaled.Sequences]), 0, 1, 2);
        var repeated = graph.Add("Expand", [state, graph.Concat(0, steps, graph.Ints(1, 1))]);
        var states = Lstm(graph, "decoder", repeated, scaled.Lengths, shape.Hidden,
            weights[shape.DecoderCode..shape.DecoderState], weights[shape.DecoderState..shape.DecoderBias],
            weights[shape.DecoderBias..shape.Output])[0];
        var output = graph.MatMul(graph.Transpose(graph.Squeeze(states, 1), 1, 0, 2),
            graph.Weights("output/weights", weights[shape.Output..shape.OutputBias], shape.Hidden, shape.Padded));
        output = graph.Plus(output, graph.Weights("output/bias", weights[shape.OutputBias..shape.Length], shape.Padded));
        output = graph.Where(scaled.Mask, output, graph.Constant(0f));
        return new(graph.Squeeze(state, 0), output, LogError(graph, scaled, output));
    }

    /// <returns>States of all steps <c>[T, 1, N, hidden]</c>, and the last of each sequence <c>[1, N, hidden]</c>.</returns>
    private static string[] Lstm(
        OnnxGraph graph, string name, string rows, string lengths, int hidden,
        ReadOnlySpan<float> input, ReadOnlySpan<float> state, ReadOnlySpan<float> bias)
    {
        var (gates, stateBias) = (4 * hidden, new float[4 * hidden]);
        return graph.Add("LSTM", 2,
        [
            rows,
            graph.Weights($"{name}/input", OnnxLstm.ToOnnx(input, hidden), 1, gates, input.Length / gates),
            graph.Weights($"{name}/state", OnnxLstm.ToOnnx(state, hidden), 1, gates, hidden),
            graph.Weights($"{name}/bias", [.. OnnxLstm.ToOnnx(bias, hidden), .. stateBias], 1, 2 * gates),
            lengths,
        ], OnnxAttribute.Of("hidden_size", hidden));
    }

    // Both are zero beyond the length, so no mask is needed.
    private static string LogError(OnnxGraph graph, ScaledRows scaled, string output)
    {
        var squares = graph.Sum(graph.Square(graph.ToDouble(graph.Minus(scaled.Rows, output))), 1);
        var mean = graph.Over(squares, graph.ToDouble(scaled.Steps));
        return graph.ToFloat(graph.Log(graph.Plus(mean, graph.Constant((double)ReconstructionError.Floor))));
    }
}
