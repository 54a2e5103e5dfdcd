using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Sets the threshold by quantile, so that one odd stretch of benign traffic does not blind the detector for all others.</summary>
/// <remarks>
/// The model's scores are calibrated over all benign stretches together; a single one of a rare kind (a download, a discovery storm) then holds
/// most of the highest scores and pushes the threshold up. The median over the stretches' own quantiles does not follow it.
/// </remarks>
internal static class ThresholdFit
{
    private const int Stretches = 5, FewestExceedances = 4;

    /// <param name="scores">Of benign sequences that the model did not learn, in the order of time; where their stretches are too short for the
    /// rate, the pooled quantile stays.</param>
    public static AnomalyModel Tune(AnomalyModel model, ReadOnlySpan<float> scores)
    {
        var rate = model.Manifest.FalseAlarmRate;
        if (scores.Length / Stretches * rate < FewestExceedances) return model;
        var quantiles = new float[Stretches];
        for (var i = 0; i < Stretches; i++)
        {
            float[] sorted = scores[(scores.Length * i / Stretches)..(scores.Length * (i + 1) / Stretches)].ToArray();
            Array.Sort(sorted);
            quantiles[i] = sorted[(int)(sorted.Length * (1 - rate))];
        }
        Array.Sort(quantiles);
        return model.WithThreshold(Math.Min(model.Manifest.Threshold, quantiles[Stretches / 2]));
    }
}
