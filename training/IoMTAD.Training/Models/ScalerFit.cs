using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Learns the scaler from benign sequences.</summary>
internal static class ScalerFit
{
    // A column that never or hardly moves in benign traffic still tells when it does: its spread is taken as this much, not as zero.
    private const double SmallestSpread = 0.01;
    // Beyond this many spreads, more of it says nothing new, and later benign traffic strays further than earlier traffic did.
    private const float Clip = 5;

    public static FeatureScaler Fit(ISequences data)
    {
        var n = data.FeatureCount;
        var (logarithmic, scale, offset) = (new float[n], new float[n], new float[n]);
        for (var j = 0; j < n; j++)
        {
            var plain = Moments.Of(data, j, x => x);
            var log = plain is { Lowest: >= 0, Highest: > 10 } ? Moments.Of(data, j, x => Math.Log(1 + x)) : plain;
            var heavy = Math.Abs(log.Skewness) < Math.Abs(plain.Skewness);
            var chosen = heavy ? log : plain;
            var spread = Math.Max(chosen.Deviation, SmallestSpread);
            logarithmic[j] = heavy ? 1 : 0;
            scale[j] = (float)(1 / spread);
            offset[j] = (float)(-chosen.Mean / spread);
        }
        return new(logarithmic, scale, offset, Clip);
    }

    private readonly record struct Moments(double Mean, double Deviation, double Skewness, double Lowest, double Highest)
    {
        public static Moments Of(ISequences data, int feature, Func<double, double> transform)
        {
            double count = 0, sum = 0, low = double.PositiveInfinity, high = double.NegativeInfinity;
            Each(data, feature, transform, x => { count++; sum += x; low = Math.Min(low, x); high = Math.Max(high, x); });
            double mean = sum / count, squares = 0, cubes = 0;
            Each(data, feature, transform, x => { var d = x - mean; squares += d * d; cubes += d * d * d; });
            var deviation = Math.Sqrt(squares / count);
            return new(mean, deviation, deviation > 0 ? cubes / count / (deviation * deviation * deviation) : 0, low, high);
        }

        private static void Each(ISequences data, int feature, Func<double, double> transform, Action<double> visit)
        {
            for (var i = 0; i < data.Count; i++)
            {
                for (var t = 0; t < data.Length(i); t++) visit(transform(data.Step(i, t)[feature]));
            }
        }
    }
}
