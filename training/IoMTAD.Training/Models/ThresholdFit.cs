using IoMTAD.Features;
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

    /// <param name="calibration">Benign, in the order of time; where its stretches are too short for the rate, the pooled quantile stays.</param>
    public static AnomalyModel Tune(AnomalyModel model, ISequences calibration)
    {
        var rate = model.Manifest.FalseAlarmRate;
        if (calibration.Count / Stretches * rate < FewestExceedances) return model;
        var scores = new AnomalyScore[calibration.Count];
        new ManagedAnomalyScorer(model).Score(calibration, scores);
        var quantiles = Enumerable.Range(0, Stretches).Select(i => Quantile(Stretch(scores, i), rate)).Order().ToArray();
        return model.WithThreshold(Math.Min(model.Manifest.Threshold, quantiles[Stretches / 2]));
    }

    private static float[] Stretch(AnomalyScore[] scores, int index) =>
        [.. scores[(scores.Length * index / Stretches)..(scores.Length * (index + 1) / Stretches)].Select(s => s.Score).Order()];

    private static float Quantile(float[] sorted, double rate) => sorted[(int)(sorted.Length * (1 - rate))];
}
