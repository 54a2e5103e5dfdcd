using System.Globalization;

namespace IoMTAD.Training.Models;

/// <summary>A threshold and how far it can be trusted.</summary>
/// <param name="Sequences">Benign sequences that it rests on.</param>
/// <param name="Low">Lower end of the 95 % confidence interval of the quantile.</param>
/// <param name="High">Upper end.</param>
/// <param name="Observed">Share of those sequences above the threshold.</param>
public sealed record TunedThreshold(double FalseAlarmRate, int Sequences, double Threshold, double Low, double High, double Observed);

/// <summary>Sets a threshold by quantile of benign scores; the interval is free of any assumption on their distribution.</summary>
public static class ThresholdTuning
{
    private const double Confidence = 0.95;

    /// <summary>Below this many benign sequences, none of them might lie above the true quantile, and it has no upper bound.</summary>
    public static int Fewest(double rate) => (int)Math.Ceiling(Math.Log((1 - Confidence) / 2) / Math.Log(1 - rate));

    /// <returns>Null, with a reason, where the scores are too few for the rate.</returns>
    public static TunedThreshold? Tune(IReadOnlyCollection<float> benignScores, double rate, out string? refusal)
    {
        var n = benignScores.Count;
        refusal = n < Fewest(rate)
            ? string.Create(CultureInfo.InvariantCulture,
                $"{n} benign sequences are too few for a false-alarm rate of {rate:0.####%}: {Fewest(rate)} are needed to bound it, "
                + $"so give more data or a higher rate")
            : null;
        if (refusal is not null) return null;
        float[] sorted = [.. benignScores.Order()];
        var (below, above) = OrderStatistics(n, 1 - rate);
        var threshold = sorted[Math.Clamp((int)Math.Ceiling(n * (1 - rate)) - 1, 0, n - 1)];
        return new(rate, n, threshold, sorted[below], sorted[above], benignScores.Count(s => s > threshold) / (double)n);
    }

    /// <summary>Indices l and u of the sorted values with P(x[l] ≤ quantile ≤ x[u]) ≥ 95 %: how many values lie below a quantile is
    /// binomial (David and Nagaraja, Order Statistics, 7.1).</summary>
    private static (int Low, int High) OrderStatistics(int n, double share)
    {
        var (low, high, cumulated) = (0, n - 1, 0.0);
        for (var k = 0; k < n; k++)
        {
            cumulated += Math.Exp(LogBinomial(n, k, share));
            if (cumulated <= (1 - Confidence) / 2) low = k;
            if (cumulated < 1 - (1 - Confidence) / 2) continue;
            high = Math.Min(n - 1, k);
            break;
        }
        return (low, high);
    }

    private static double LogBinomial(int n, int k, double p) =>
        LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k) + k * Math.Log(p) + (n - k) * Math.Log(1 - p);

    /// <summary>ln n!, by Stirling's series beyond the first few.</summary>
    private static double LogFactorial(double n)
    {
        if (n < 10) return Enumerable.Range(1, (int)n).Sum(i => Math.Log(i));
        return n * Math.Log(n) - n + 0.5 * Math.Log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n * n * n);
    }
}
