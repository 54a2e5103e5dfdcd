using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Learns the ranges of benign features, and how often later benign traffic leaves them.</summary>
internal static class RangeFit
{
    // Where benign traffic drifts, as it does over the dataset's days, it leaves its ranges often, and leaving them says nothing.
    private const double MostOutside = 0.005;

    public static FeatureRanges Fit(FeatureScaler scaler, ISequences fit, ISequences calibration)
    {
        var (low, high) = (new float[fit.FeatureCount], new float[fit.FeatureCount]);
        Array.Fill(low, float.PositiveInfinity);
        Array.Fill(high, float.NegativeInfinity);
        for (var i = 0; i < fit.Count; i++)
        {
            for (var t = 0; t < fit.Length(i); t++)
            {
                var step = fit.Step(i, t);
                for (var j = 0; j < step.Length; j++)
                {
                    low[j] = MathF.Min(low[j], step[j]);
                    high[j] = MathF.Max(high[j], step[j]);
                }
            }
        }
        var ranges = new FeatureRanges(low, high, scaler, 0);
        var outside = 0;
        for (var i = 0; i < calibration.Count; i++)
            if (ranges.Excess(calibration, i) > 0) outside++;
        // The larger of two surprises is surprising twice as often as either (Bonferroni), hence the 2.
        var share = Math.Min(1, 2.0 * (outside + 1) / (calibration.Count + 1));
        return new FeatureRanges(low, high, scaler, share <= MostOutside ? (float)-Math.Log10(share) : 0);
    }
}
