using IoMTAD.Inference;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>Applies a <see cref="TailCalibration"/>.</summary>
internal static class CalibrationGraph
{
    /// <param name="score">double <c>[M]</c></param>
    /// <returns>double <c>[M]</c></returns>
    public static string Append(OnnxGraph graph, string score, string name, TailCalibration calibration)
    {
        var knots = calibration.Scores.Length;
        var scores = graph.ToDouble(graph.Weights($"{name}/scores", calibration.Scores, knots));
        var surprises = graph.ToDouble(graph.Weights($"{name}/surprises", calibration.Surprises, knots));
        var tail = graph.ToDouble(graph.Weights($"{name}/tail", [calibration.Scale, calibration.Shape], 2));
        var zero = graph.Constant(0.0);
        var reached = graph.Add("GreaterOrEqual", [score, graph.Slice(scores, 0, 0, 1)]);
        var surprise = graph.Where(reached, graph.Slice(surprises, 0, 0, 1), zero);
        if (knots > 1) surprise = graph.Plus(surprise, Segments(graph, score, scores, surprises, knots));
        var excess = graph.Max(graph.Minus(score, graph.Slice(scores, 0, knots - 1, knots)), zero);
        return graph.Plus(surprise, Tail(graph, excess, graph.Slice(tail, 0, 0, 1), graph.Slice(tail, 0, 1, 2)));
    }

    /// <summary>Each segment between knots adds the share of its rise that the score has climbed.</summary>
    private static string Segments(OnnxGraph graph, string score, string scores, string surprises, int knots)
    {
        var start = graph.Slice(scores, 0, 0, knots - 1);
        var width = graph.Minus(graph.Slice(scores, 0, 1, knots), start);
        var rise = graph.Minus(graph.Slice(surprises, 0, 1, knots), graph.Slice(surprises, 0, 0, knots - 1));
        var share = graph.Over(graph.Minus(graph.Unsqueeze(score, 1), start), width);
        share = graph.Min(graph.Max(share, graph.Constant(0.0)), graph.Constant(1.0));
        return graph.Sum(graph.Times(share, rise), 1);
    }

    private static string Tail(OnnxGraph graph, string excess, string scale, string shape)
    {
        var grown = graph.Plus(graph.Over(graph.Times(excess, shape), scale), graph.Constant(1.0));
        return graph.Over(graph.Over(graph.Log(grown), graph.Constant(Math.Log(10))), shape);
    }
}
