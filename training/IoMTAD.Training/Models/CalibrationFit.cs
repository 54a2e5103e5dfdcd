using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Learns a <see cref="TailCalibration"/> from benign scores.</summary>
internal static class CalibrationFit
{
    private const int Knots = 64, Exceedances = 20;
    private const double TailShare = 0.1, MinShape = 0.02, MaxShape = 0.5;

    /// <param name="scores">At least one; sorted in place.</param>
    public static TailCalibration Fit(float[] scores)
    {
        Array.Sort(scores);
        var n = scores.Length;
        var tailCount = Math.Clamp((int)(n * TailShare), Math.Min(n - 1, Exceedances), Math.Max(0, n - 1));
        var tail = n - 1 - tailCount;
        var (knots, surprises) = (new List<float>(), new List<float>());
        for (var i = 0; i <= Knots; i++)
        {
            var at = (int)((long)tail * i / Knots);
            var share = (n - at) / (n + 1.0);
            if (knots.Count > 0 && scores[at] <= knots[^1]) continue;
            knots.Add(scores[at]);
            surprises.Add((float)-Math.Log10(share));
        }
        var (scale, shape) = Pareto(scores.AsSpan(tail + 1), scores[tail]);
        return new([.. knots], [.. surprises], (float)scale, (float)shape);
    }

    /// <summary>Probability-weighted moments (Hosking and Wallis 1987), the shape held where scores keep rising and the tail stays
    /// believable.</summary>
    private static (double Scale, double Shape) Pareto(ReadOnlySpan<float> exceedances, float start)
    {
        var n = exceedances.Length;
        double a0 = 0, a1 = 0;
        for (var i = 0; i < n; i++)
        {
            double excess = exceedances[i] - start;
            a0 += excess / n;
            a1 += excess * (n - 0.65 - i) / n / n;
        }
        if (n < 5 || a0 <= 1e-6) return (Math.Max(a0, 0.05 * (1 + Math.Abs(start))), MinShape);
        var shape = Math.Clamp(2 - a0 / Math.Max(a0 - 2 * a1, 1e-12), MinShape, MaxShape);
        // With the shape held, the scale that keeps the mean excess.
        return (a0 * (1 - shape), shape);
    }
}
