using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Judges each sequence by the densities of its <see cref="LengthGroup"/>: the rows of a group are gathered, judged together,
/// and their surprises put back.</summary>
internal static class GroupsGraph
{
    /// <returns>The jointly calibrated surprise, double <c>[N]</c>.</returns>
    public static string Append(OnnxGraph graph, ScaledRows scaled, AutoencoderValues autoencoder, AnomalyParts parts)
    {
        var reconstruction = graph.Concat(1, autoencoder.Code, autoencoder.LogError);
        var spreads = SpreadsGraph.Append(graph, scaled);
        var longest = graph.Weights("groups", [.. parts.Groups.Select(g => (float)g.MaxLength)], parts.Groups.Count);
        var index = graph.Sum(graph.To(OnnxType.Int64, graph.Greater(scaled.Steps, longest)), 1);
        var result = graph.ToDouble(graph.Times(graph.Squeeze(scaled.Steps, 1), graph.Constant(0f)));
        for (var i = 0; i < parts.Groups.Count; i++)
        {
            var rows = graph.Squeeze(graph.Add("NonZero", [graph.Add("Equal", [index, graph.Constant((long)i)])]), 0);
            var surprise = Surprise(graph, graph.Gather(reconstruction, rows), graph.Gather(spreads, rows), parts.Groups[i]);
            result = graph.Add("ScatterElements", [result, rows, surprise]);
        }
        return result;
    }

    private static string Surprise(OnnxGraph graph, string reconstruction, string spreads, LengthGroup group)
    {
        var first = DensityGraph.Append(graph, reconstruction, $"{group.MaxLength}/reconstruction", group.Reconstruction);
        var second = DensityGraph.Append(graph, spreads, $"{group.MaxLength}/spreads", group.Spreads);
        return CalibrationGraph.Append(graph, graph.Plus(first, second), $"{group.MaxLength}/joint", group.Joint);
    }
}
