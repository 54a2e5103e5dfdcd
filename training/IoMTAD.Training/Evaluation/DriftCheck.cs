namespace IoMTAD.Training.Evaluation;

/// <summary>How far the scores of newer benign traffic are from those that the model was calibrated on.</summary>
/// <param name="KolmogorovSmirnov">Largest distance between the two distribution functions, 0–1.</param>
/// <param name="PValue">Chance of such a distance without drift, if sequences were independent. They are not, so it errs towards drift.</param>
/// <param name="PopulationStability">Population stability index over ten bins of equal share: below 0.1 stable, above 0.25 drifted, by
/// the usual rule of thumb.</param>
public sealed record DriftCheck(int Sequences, double KolmogorovSmirnov, double PValue, double PopulationStability)
{
    private const int Bins = 10;

    public bool HasDrifted => PopulationStability > 0.25;

    /// <summary>A calibrated share is uniform as long as traffic stays what it was: so newer benign traffic is compared with the uniform
    /// distribution.</summary>
    /// <param name="shares">Share of calibration sequences at least as strange as each newer one, 0–1; at least one.</param>
    public static DriftCheck Of(IReadOnlyCollection<double> shares)
    {
        double[] sorted = [.. shares.Order()];
        double n = sorted.Length, distance = 0;
        // Equal shares are one step of the distribution function.
        for (int i = 0, next; i < sorted.Length; i = next)
        {
            next = i + 1;
            while (next < sorted.Length && sorted[next] == sorted[i]) next++;
            distance = Math.Max(distance, Math.Max(next / n - sorted[i], sorted[i] - i / n));
        }
        return new(sorted.Length, distance, KolmogorovTail(distance * (Math.Sqrt(n) + 0.12 + 0.11 / Math.Sqrt(n))), Stability(sorted));
    }

    private static double Stability(double[] shares)
    {
        var counts = new double[Bins];
        foreach (var share in shares) counts[Math.Clamp((int)(share * Bins), 0, Bins - 1)]++;
        // Half a sequence in each bin keeps an empty one from being infinitely strange.
        return counts.Select(c => (c + 0.5) / (shares.Length + 0.5 * Bins)).Sum(q => (q - 1.0 / Bins) * Math.Log(q * Bins));
    }

    /// <summary>Q(λ) = 2·Σ (−1)ʲ⁻¹·exp(−2j²λ²), with Stephens' (1970) correction for few values in the caller.</summary>
    private static double KolmogorovTail(double lambda)
    {
        double sum = 0;
        for (var j = 1; j <= 100; j++) sum += (j % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * j * j * lambda * lambda);
        return lambda < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }
}
