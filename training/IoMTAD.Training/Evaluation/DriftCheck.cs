using IoMTAD.Inference;
using IoMTAD.Recording;

namespace IoMTAD.Training.Evaluation;

/// <summary>How far the scores of newer benign traffic are from those of the benign traffic that the model was made with.</summary>
/// <param name="Sequences">Of the newer traffic.</param>
/// <param name="KolmogorovSmirnov">Largest distance between the two distribution functions, 0–1.</param>
/// <param name="PValue">Chance of such a distance without drift, if sequences were independent. They are not, so it errs towards drift.</param>
/// <param name="PopulationStability">Population stability index over ten bins of about equal share: below 0.1 stable, above 0.25 drifted, by
/// the usual rule of thumb.</param>
public sealed record DriftCheck(long Sequences, double KolmogorovSmirnov, double PValue, double PopulationStability)
{
    /// <summary>Segments that it takes to say anything.</summary>
    public const int FewestCounted = 5000;

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
        return Of(sorted.Length, score => ShareUpTo(sorted, score), known, known.Distinct(), Tenths(known));
    }

    /// <summary>Of traffic as it was scored in use. What was strange does not count: an attack is no drift.</summary>
    /// <returns>Null where there is no reference, or fewer than <see cref="FewestCounted"/> segments.</returns>
    /// <remarks>Bins of the counts stand for the reference's tenths: two of these in one bin are one.</remarks>
    public static DriftCheck? Of(IEnumerable<ScoreCount> newer, IReadOnlyList<float> reference)
    {
        var upTo = new long[ScoreBins.Count];
        foreach (var count in newer) upTo[count.Bin] += count.Segments - count.Strange;
        for (var bin = 1; bin < upTo.Length; bin++) upTo[bin] += upTo[bin - 1];
        if (upTo[^1] < FewestCounted || reference.Count == 0) return null;
        float[] known = [.. reference], ends = [.. Enumerable.Range(0, ScoreBins.Count - 1).Select(ScoreBins.End)];
        return Of(upTo[^1], end => upTo[ScoreBins.EndingAt(end)] / (double)upTo[^1], known, ends,
            Tenths(known).Select(tenth => ScoreBins.End(ScoreBins.Of(tenth)!.Value)).Where(float.IsFinite).Distinct());
    }

    /// <param name="shareUpTo">Of the newer sequences, at the scores of <paramref name="steps"/> and <paramref name="edges"/>.</param>
    private static DriftCheck Of(
        long sequences, Func<float, double> shareUpTo, float[] known, IEnumerable<float> steps, IEnumerable<float> edges)
    {
        var distance = steps.Max(score => Math.Abs(shareUpTo(score) - ShareUpTo(known, score)));
        double n = sequences;
        return new(sequences, distance, KolmogorovTail(distance * (Math.Sqrt(n) + 0.12 + 0.11 / Math.Sqrt(n))),
            Stability(sequences, shareUpTo, known, [.. edges]));
    }

    /// <summary>Tenths that are one score, as where much traffic is alike, make one bin.</summary>
    private static IEnumerable<float> Tenths(float[] reference) =>
        Enumerable.Range(1, Bins - 1).Select(i => reference[i * (reference.Length - 1) / Bins]).Distinct();

    private static double Stability(long sequences, Func<float, double> shareUpTo, float[] reference, float[] edges)
    {
        var (sum, before) = (0.0, (New: 0.0, Known: 0.0));
        foreach (var upTo in edges.Select(edge => (New: shareUpTo(edge), Known: ShareUpTo(reference, edge))).Append((1, 1)))
        {
            // Half a sequence in each bin keeps an empty one from being infinitely strange.
            var (p, q) = (Padded(upTo.New - before.New, sequences), Padded(upTo.Known - before.Known, reference.Length));
            sum += (p - q) * Math.Log(p / q);
            before = upTo;
        }
        return sum;

        double Padded(double share, long count) => (share * count + 0.5) / (count + 0.5 * (edges.Length + 1));
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
