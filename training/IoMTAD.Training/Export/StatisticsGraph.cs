using IoMTAD.Inference;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Computes <see cref="SequenceStatistics"/>.</summary>
/// <remarks>
/// Sums run over the steps in their order and in single precision, as in the kernel, so that mean and walk are the same bits: a tree
/// that asks on which side of a threshold they lie must get the same answer.
/// </remarks>
internal static class StatisticsGraph
{
    /// <returns>float <c>[N, kind · padded feature]</c></returns>
    public static string Append(OnnxGraph graph, ScaledRows scaled)
    {
        var (mean, deviation, step) = Parts(graph, scaled);
        var low = graph.Least(graph.Where(scaled.Mask, scaled.Rows, graph.Constant(float.PositiveInfinity)), 1);
        var high = graph.Most(graph.Where(scaled.Mask, scaled.Rows, graph.Constant(float.NegativeInfinity)), 1);
        return graph.Concat(1, mean, deviation, low, high, step);
    }

    /// <returns>Mean, standard deviation and mean absolute step, each float <c>[N, padded feature]</c>.</returns>
    public static (string Mean, string Deviation, string Step) Parts(OnnxGraph graph, ScaledRows scaled)
    {
        var (rows, one) = (scaled.Rows, graph.Constant(1f));
        // By Reciprocal: ONNX Runtime makes one division of a division by which something is multiplied, and rounds otherwise then.
        var share = graph.Add("Reciprocal", [scaled.Steps]);
        var perStep = graph.Add("Reciprocal", [graph.Max(graph.Minus(scaled.Steps, one), one)]);
        var mean = graph.Times(graph.OrderedSum(rows, 1), share);
        var away = graph.Minus(rows, graph.Unsqueeze(mean, 1));
        var squares = graph.OrderedSum(graph.Where(scaled.Mask, graph.Square(away), graph.Constant(0f)), 1);
        var deviation = graph.Add("Sqrt", [graph.Times(squares, share)]);
        return (mean, deviation, graph.Times(Walk(graph, scaled), perStep));
    }

    /// <summary>The sum of absolute steps; the first row follows itself.</summary>
    private static string Walk(OnnxGraph graph, ScaledRows scaled)
    {
        var before = graph.Concat(1, graph.Slice(scaled.Rows, 1, 0, 1), graph.Slice(scaled.Rows, 1, 0, -1));
        var steps = graph.Add("Abs", [graph.Minus(scaled.Rows, before)]);
        return graph.OrderedSum(graph.Where(scaled.Mask, steps, graph.Constant(0f)), 1);
    }
}
