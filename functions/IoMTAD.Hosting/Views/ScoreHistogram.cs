using System.Globalization;
using IoMTAD.Api.Live;

namespace IoMTAD.Hosting.Views;

/// <summary>Scores of a watch in buckets of a sixteenth of an octave: percentiles to within 4.5 %, in constant memory.</summary>
internal sealed class ScoreHistogram
{
    private const int PerOctave = 16, LowestOctave = -10, Octaves = 40;
    private static readonly double[] Percentiles = [50, 90, 99, 99.9];

    private readonly long[] counts = new long[PerOctave * Octaves];
    private long segments, strange, aboveTenth;

    /// <param name="isStrange">Above the threshold.</param>
    public void Add(double score, bool isStrange)
    {
        if (double.IsNaN(score)) return;
        var bucket = score <= 0 ? 0 : (int)Math.Clamp(Math.Ceiling(PerOctave * (Math.Log2(score) - LowestOctave)), 0, counts.Length - 1);
        counts[bucket]++;
        segments++;
        if (isStrange) strange++;
        if (score > 1) aboveTenth++;
    }

    /// <returns>Null before the first segment.</returns>
    public ScoreDistribution? Summarize(double threshold) => segments == 0 ? null : new(
        ByPercentile(Quantile), ByPercentile(p => Math.Round(-Math.Log10(1 - p / 100), 4)), (double)aboveTenth / segments, threshold, segments, strange);

    private static Dictionary<string, double> ByPercentile(Func<double, double> value) =>
        Percentiles.ToDictionary(p => p.ToString(CultureInfo.InvariantCulture), value, StringComparer.Ordinal);

    private double Quantile(double percentile)
    {
        long seen = 0;
        var bucket = 0;
        while (bucket < counts.Length - 1 && (seen += counts[bucket]) < segments * percentile / 100) bucket++;
        return Math.Round(Math.Pow(2, (double)bucket / PerOctave + LowestOctave), 4);
    }
}
