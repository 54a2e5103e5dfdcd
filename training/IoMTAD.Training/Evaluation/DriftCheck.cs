namespace IoMTAD.Training.Evaluation;

/// <summary>How far the scores of newer benign traffic are from those of the benign traffic that the model was made with.</summary>
/// <param name="KolmogorovSmirnov">Largest distance between the two distribution functions, 0–1.</param>
/// <param name="PValue">Chance of such a distance without drift, if sequences were independent. They are not, so it errs towards drift.</param>
/// <param name="PopulationStability">Population stability index over ten bins of about equal share: below 0.1 stable, above 0.25 drifted, by
/// the usual rule of thumb.</param>
public sealed record DriftCheck(int Sequences, double KolmogorovSmirnov, double PValue, double PopulationStability)
{
    private const int Bins = 10, Kept = 201;

    public bool HasDrifted => PopulationStability > 0.25;

    /// <summary>Evenly spaced quantiles of scores: all of their distribution that the check needs.</summary>
    public static float[] Quantiles(ReadOnlySpan<float> scores)
    {
        var sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(0, Kept).Select(i => sorted[(int)Math.Round((sorted.Length - 1) * (double)i / (Kept - 1))])];
    }

    /// <param name="newer">Scores of newer benign sequences.</param>
    /// <param name="reference"><see cref="Quantiles"/> of the model's own benign sequences, held out.</param>
    /// <returns>Null where either is empty.</returns>
    public static DriftCheck? Of(float[] newer, IReadOnlyList<float> reference)
    {
        if (newer.Length == 0 || reference.Count == 0) return null;
        float[] sorted = [.. newer.Order()], known = [.. reference];
        var distance = known.Distinct().Max(score => Math.Abs(ShareUpTo(sorted, score) - ShareUpTo(known, score)));
        double n = sorted.Length;
        return new(sorted.Length, distance, KolmogorovTail(distance * (Math.Sqrt(n) + 0.12 + 0.11 / Math.Sqrt(n))), Stability(sorted, known));
    }

    /// <summary>Bins end at the reference's tenths; tenths that are one score, as where much traffic is alike, make one bin.</summary>
    private static double Stability(float[] newer, float[] reference)
    {
        float[] edges = [.. Enumerable.Range(1, Bins - 1).Select(i => reference[i * (reference.Length - 1) / Bins]).Distinct()];
        var (sum, before) = (0.0, (New: 0.0, Known: 0.0));
        foreach (var edge in edges.Append(float.PositiveInfinity))
        {
            var upTo = (New: ShareUpTo(newer, edge), Known: ShareUpTo(reference, edge));
            // Half a sequence in each bin keeps an empty one from being infinitely strange.
            var (p, q) = (Padded(upTo.New - before.New, newer.Length), Padded(upTo.Known - before.Known, reference.Length));
            sum += (p - q) * Math.Log(p / q);
            before = upTo;
        }
        return sum;

        double Padded(double share, int count) => (share * count + 0.5) / (count + 0.5 * (edges.Length + 1));
    }

    private static double ShareUpTo(float[] sorted, float score)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= score) low = middle + 1;
            else high = middle;
        }
        return (double)low / sorted.Length;
    }

    /// <summary>Q(λ) = 2·Σ (−1)ʲ⁻¹·exp(−2j²λ²), with Stephens' (1970) correction for few values in the caller.</summary>
    private static double KolmogorovTail(double lambda)
    {
        double sum = 0;
        for (var j = 1; j <= 100; j++) sum += (j % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * j * j * lambda * lambda);
        return lambda < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }
}
