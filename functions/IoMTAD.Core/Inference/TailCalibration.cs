namespace IoMTAD.Inference;

/// <summary>
/// Turns a score into −log₁₀ of the share of benign sequences that score at least as high: 2 means one in a hundred.
/// </summary>
/// <remarks>
/// Up to <see cref="Tail"/> the empirical share is interpolated between knots; beyond, exceedances follow a generalised Pareto distribution
/// (Pickands 1975), so that rates far below one in the number of calibration sequences can be asked for.
/// </remarks>
/// <param name="scores">Knots, strictly rising; the last one is where the tail begins.</param>
/// <param name="surprises">−log₁₀ of the share at each knot, rising.</param>
/// <param name="scale">Of the tail, above zero.</param>
/// <param name="shape">Of the tail, above zero: strangeness never ends, so stranger always scores higher.</param>
internal sealed class TailCalibration(float[] scores, float[] surprises, float scale, float shape)
{
    public float[] Scores { get; } = scores;
    public float[] Surprises { get; } = surprises;
    public float Scale { get; } = scale;
    public float Shape { get; } = shape;
    public float Tail => Scores[^1];

    public float Surprise(float score)
    {
        if (score >= Tail) return Surprises[^1] + MathF.Log10(1 + Shape * (score - Tail) / Scale) / Shape;
        var at = Array.BinarySearch(Scores, score);
        if (at >= 0) return Surprises[at];
        at = ~at;
        if (at == 0) return 0;
        var share = (score - Scores[at - 1]) / (Scores[at] - Scores[at - 1]);
        return Surprises[at - 1] + share * (Surprises[at] - Surprises[at - 1]);
    }
}
