using IoMTAD.Inference;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Measures what <see cref="FeatureRanges"/> measures.</summary>
internal static class RangesGraph
{
    /// <returns>double <c>[N]</c></returns>
    public static string Append(OnnxGraph graph, ScaledRows scaled, FeatureRanges ranges)
    {
        var features = ranges.Low.Length;
        var low = graph.Weights("ranges/low", ranges.Low, features);
        var high = graph.Weights("ranges/high", ranges.High, features);
        var x = graph.Where(scaled.Mask, scaled.Sequences, low);
        var above = graph.Greater(x, high);
        var outside = graph.Add("Or", [above, graph.Add("Less", [x, low])]);
        var excess = graph.Where(outside, Excess(graph, x, graph.Where(above, high, low)), graph.Constant(0f));
        var mean = graph.Over(graph.Sum(graph.ToDouble(excess), 1, 2), graph.ToDouble(graph.Squeeze(scaled.Steps, 1)));
        var counts = graph.ToDouble(graph.Weights("ranges/surprise", [ranges.OutsideSurprise], 1));
        var zero = graph.Constant(0.0);
        var decades = graph.Over(graph.Log(graph.Plus(mean, graph.Constant(1.0))), graph.Constant(Math.Log(10)));
        var speaks = graph.Add("And", [graph.Greater(mean, zero), graph.Greater(counts, zero)]);
        return graph.Where(speaks, graph.Plus(counts, decades), zero);
    }

    // In single precision as in the kernel: whether a value a hair outside counts at all depends on the rounding.
    private static string Excess(OnnxGraph graph, string x, string bound)
    {
        var grown = graph.Log(graph.Over(OnePlus(graph, x), OnePlus(graph, bound)));
        var logarithmic = graph.Greater(ScaledRowsGraph.LogarithmicWeights, graph.Constant(0f));
        var distance = graph.Add("Abs", [graph.Where(logarithmic, grown, graph.Minus(x, bound))]);
        var scale = graph.Min(ScaledRowsGraph.ScaleWeights, graph.Constant(1 / FeatureRanges.SmallestSpread));
        return graph.Min(graph.Times(distance, scale), graph.Constant(FeatureRanges.Most));
    }

    private static string OnePlus(OnnxGraph graph, string x) => graph.Plus(graph.Max(x, graph.Constant(0f)), graph.Constant(1f));
}
