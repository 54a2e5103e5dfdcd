using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>The names of a graph's first values: what every model starts from. N sequences of up to T steps, F features, padded to
/// P.</summary>
/// <param name="Sequences">Raw, float <c>[N, T, F]</c>.</param>
/// <param name="Lengths">int32 <c>[N]</c>.</param>
/// <param name="Mask">Where a step is one of the sequence, bool <c>[N, T, 1]</c>.</param>
/// <param name="Steps">Lengths, float <c>[N, 1]</c>.</param>
/// <param name="Rows">Scaled, zero beyond the length and in the padding, float <c>[N, T, P]</c>.</param>
internal sealed record ScaledRows(string Sequences, string Lengths, string Mask, string Steps, string Rows);

/// <summary>Scales raw rows as <see cref="FeatureScaler"/> does.</summary>
internal static class ScaledRowsGraph
{
    /// <summary>Numbers of the scaler that the ranges use too.</summary>
    public const string ScaleWeights = "scaler/scale", LogarithmicWeights = "scaler/logarithmic";

    /// <summary>Adds the two inputs and the scaler. What stands beyond a sequence's length does not matter, not even if it is no
    /// number.</summary>
    /// <param name="steps">T, where the model cannot do with any: a network that takes a sequence's rows side by side.</param>
    public static ScaledRows Append(OnnxGraph graph, FeatureScaler scaler, int? steps = null)
    {
        var sequences = graph.Input(ModelGraph.Sequences, OnnxType.Float, "N", steps is null ? "T" : $"{steps}", $"{scaler.Features}");
        var lengths = graph.Input(ModelGraph.Lengths, OnnxType.Int32, "N");
        var mask = Mask(graph, sequences, lengths);
        var length = graph.Unsqueeze(graph.ToFloat(lengths), 1);
        var rows = Pad(graph, graph.Where(mask, Scale(graph, sequences, scaler), graph.Constant(0f)), scaler.Padded - scaler.Features);
        return new(sequences, lengths, mask, length, rows);
    }

    private static string Mask(OnnxGraph graph, string sequences, string lengths)
    {
        var most = graph.Gather(graph.Add("Shape", [sequences]), graph.Constant(1L));
        var step = graph.Add("Range", [graph.Constant(0L), most, graph.Constant(1L)]);
        return graph.Unsqueeze(graph.Add("Less", [step, graph.Unsqueeze(graph.To(OnnxType.Int64, lengths), 1)]), 2);
    }

    // Logarithm and product in double precision, each rounded once: that is what the kernel's logarithm and fused product come to.
    private static string Scale(OnnxGraph graph, string sequences, FeatureScaler scaler)
    {
        var lowest = graph.Constant(float.NegativeInfinity);
        var x = graph.Where(graph.Add("IsNaN", [sequences]), lowest, sequences);
        var log = graph.ToFloat(graph.Log(graph.ToDouble(graph.Plus(graph.Max(x, graph.Constant(0f)), graph.Constant(1f)))));
        x = graph.Where(Logarithmic(graph, scaler), log, x);
        var scaled = graph.Times(graph.ToDouble(x), graph.ToDouble(graph.Weights(ScaleWeights, scaler.Scale, scaler.Features)));
        scaled = graph.Plus(scaled, graph.ToDouble(graph.Weights("scaler/offset", scaler.Offset, scaler.Features)));
        return graph.Clip(graph.ToFloat(scaled), graph.Weights("scaler/clip", [scaler.Clip], 1));
    }

    private static string Logarithmic(OnnxGraph graph, FeatureScaler scaler) =>
        graph.Greater(graph.Weights(LogarithmicWeights, scaler.Logarithmic, scaler.Features), graph.Constant(0f));

    private static string Pad(OnnxGraph graph, string rows, int columns) =>
        columns == 0 ? rows : graph.Add("Pad", [rows, graph.Ints(0, 0, 0, 0, 0, columns)]);
}
