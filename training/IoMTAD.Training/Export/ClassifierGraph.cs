using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>What the graph of a classifier ends with.</summary>
internal static class ClassifierGraph
{
    public const string Label = "label", MemberWeights = "members/weights";

    /// <summary>Adds the outputs: <c>probabilities</c> float <c>[N, classes]</c>, the members' weighted average, and <c>label</c> int64
    /// <c>[N]</c>, the index of the most probable class, the first of equal ones. The class names go into the metadata, one a
    /// line.</summary>
    /// <param name="members">Probabilities of each member, float <c>[N, classes]</c>.</param>
    /// <param name="weights">One per member, adding up to 1.</param>
    public static void AddOutputs(
        OnnxGraph graph, IReadOnlyList<string> members, ReadOnlySpan<float> weights, IReadOnlyList<string> classes)
    {
        if (members.Count != weights.Length) throw new ArgumentException("Each member has one weight.", nameof(weights));
        graph.Metadata.Add("classes", string.Join('\n', classes));
        var all = graph.Concat(0, [.. members.Select(m => graph.Unsqueeze(m, 0))]);
        var average = graph.Sum(graph.Times(all, graph.Weights(MemberWeights, weights, weights.Length, 1, 1)), 0);
        graph.Output(average, ModelGraph.Probabilities, OnnxType.Float, "N", $"{classes.Count}");
        var label = graph.Add("ArgMax", [average], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0));
        graph.Output(label, Label, OnnxType.Int64, "N");
    }
}
