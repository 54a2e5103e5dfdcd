using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace IoMTAD.Policy;

/// <summary>What is normal for one device, learned from its own first minutes.</summary>
/// <param name="TypicalRate">Median packets per second.</param>
/// <param name="RateLimit">Packets per second above which a segment is strange, whatever the model says.</param>
/// <param name="NormalBytes">Mean of each model feature, as stored: little-endian floats, so that a checkpoint writes them fast.</param>
public sealed record DeviceBaseline(double SilenceLimitSeconds, double TypicalRate, double RateLimit, byte[] NormalBytes)
{
    [JsonIgnore]
    public ReadOnlySpan<float> Normal => MemoryMarshal.Cast<byte, float>(NormalBytes);
}

/// <summary>What is counted while a device's baseline is being learned.</summary>
/// <param name="Rates">Segments by packets per second; see <see cref="RateHistogram"/>.</param>
/// <param name="Sums">Of each model feature over the segments.</param>
public sealed record BaselineLearning(int[] Rates, double[] Sums);

/// <summary>Packet rates in buckets of a quarter octave: quantiles to within 19 %, in 48 integers.</summary>
public static class RateHistogram
{
    public const int Buckets = 48;

    private const int BucketsPerOctave = 4;

    public static int BucketOf(double rate) => Math.Clamp((int)Math.Ceiling(BucketsPerOctave * Math.Log2(Math.Max(1, rate))), 0, Buckets - 1);

    /// <returns>The upper bound of the bucket in which the quantile lies, packets per second.</returns>
    public static double Quantile(ReadOnlySpan<int> counts, double share)
    {
        long total = 0;
        foreach (var count in counts) total += count;
        long seen = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= total * share) return Math.Pow(2, (double)bucket / BucketsPerOctave);
        }
        return Math.Pow(2, (double)(Buckets - 1) / BucketsPerOctave);
    }
}
