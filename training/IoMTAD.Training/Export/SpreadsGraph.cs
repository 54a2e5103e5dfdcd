using IoMTAD.Inference;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Computes <see cref="SequenceSpreads"/>.</summary>
internal static class SpreadsGraph
{
    /// <returns>float <c>[N, kind · padded feature]</c></returns>
    public static string Append(OnnxGraph graph, ScaledRows scaled)
    {
        var parts = StatisticsGraph.Parts(graph, scaled);
        return graph.Concat(1, parts.Mean, parts.Deviation, Logarithm(graph, parts.Deviation), Logarithm(graph, parts.Step));
    }

    private static string Logarithm(OnnxGraph graph, string spread)
    {
        var logarithm = graph.ToFloat(graph.Log(graph.ToDouble(graph.Plus(spread, graph.Constant(SequenceSpreads.Floor)))));
        return graph.Times(graph.Constant(SequenceSpreads.LogScale), logarithm);
    }
}
