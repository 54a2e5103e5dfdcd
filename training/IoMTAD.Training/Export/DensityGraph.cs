using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Judges vectors by a <see cref="DensityView"/>, in double precision from the projection on.</summary>
internal static class DensityGraph
{
    /// <param name="vectors">float <c>[M, inputs]</c></param>
    /// <returns>The calibrated surprise, double <c>[M]</c>.</returns>
    public static string Append(OnnxGraph graph, string vectors, string name, DensityView view)
    {
        graph.Metadata.Add($"{OnnxTensors.MetadataPrefix}{name}/centres", OnnxTensors.Encode(view.Centres.Span));
        var density = LogDensity(graph, Whiten(graph, vectors, name, view.Whitening), name, view.Mixture);
        return CalibrationGraph.Append(graph, graph.Add("Neg", [density]), $"{name}/calibration", view.Calibration);
    }

    private static string Whiten(OnnxGraph graph, string vectors, string name, Whitening whitening)
    {
        var (inputs, outputs) = (whitening.Inputs, whitening.Outputs);
        var x = graph.Minus(vectors, graph.Weights($"{name}/mean", whitening.Mean.Span, inputs));
        x = graph.Times(x, graph.Weights($"{name}/scale", whitening.Scale.Span, inputs));
        x = graph.ToDouble(graph.Clip(x, graph.Weights($"{name}/clip", [whitening.Clip], 1)));
        var axes = graph.ToDouble(graph.Weights($"{name}/axes", whitening.Axes.Span, inputs, outputs));
        return graph.Plus(graph.MatMul(x, axes), graph.ToDouble(graph.Weights($"{name}/origin", whitening.Origin.Span, outputs)));
    }

    /// <summary>The formula of <see cref="GaussianMixture"/>; <paramref name="points"/> are <c>[M, d]</c>, distances
    /// <c>[M, components]</c>.</summary>
    private static string LogDensity(OnnxGraph graph, string points, string name, GaussianMixture mixture)
    {
        var (count, dimensions, width) = (mixture.Components, mixture.Dimensions, mixture.Shifts.Length);
        var means = graph.ToDouble(graph.Weights($"{name}/means", mixture.Means.Span, count, dimensions));
        var squares = graph.Sum(graph.Square(graph.Minus(graph.Unsqueeze(points, 1), means)), 2);
        squares = graph.Times(squares, graph.ToDouble(graph.Weights($"{name}/precisions", mixture.Precisions.Span, count)));
        var factors = graph.ToDouble(graph.Weights($"{name}/factors", mixture.Factors.Span, dimensions, width));
        var along = graph.Plus(
            graph.MatMul(points, factors), graph.ToDouble(graph.Weights($"{name}/shifts", mixture.Shifts.Span, width)));
        var kept = graph.Sum(graph.Square(graph.Reshape(along, 0, count, GaussianMixture.Rank)), 2);
        var constants = graph.ToDouble(graph.Weights($"{name}/constants", mixture.LogConstants.Span, count));
        return LogSum(graph, graph.Minus(constants, graph.Times(graph.Minus(squares, kept), graph.Constant(0.5))));
    }

    private static string LogSum(OnnxGraph graph, string logs)
    {
        var top = graph.Most(logs, 1);
        var sum = graph.Sum(graph.Add("Exp", [graph.Minus(logs, graph.Unsqueeze(top, 1))]), 1);
        return graph.Plus(top, graph.Log(sum));
    }
}
