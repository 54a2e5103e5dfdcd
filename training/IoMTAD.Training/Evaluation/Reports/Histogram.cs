namespace IoMTAD.Training.Evaluation.Reports;

internal static class Histogram
{
    /// <returns>The height of each bar as a share of the highest; values beyond the ends count in the outermost bars, what is not a number
    /// nowhere.</returns>
    public static double[] Of(IEnumerable<float> values, double high, int bins)
    {
        var counts = new double[bins];
        foreach (var value in values)
            if (!float.IsNaN(value)) counts[(int)Math.Clamp(value / high * bins, 0, bins - 1)]++;
        var peak = Math.Max(1, counts.Max());
        return Array.ConvertAll(counts, c => c / peak);
    }
}
