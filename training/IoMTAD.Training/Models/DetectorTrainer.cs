using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;

namespace IoMTAD.Training.Models;

/// <summary>Benign sequences in, a calibrated anomaly model out. The same data, seed and machine give the same bytes.</summary>
public static class DetectorTrainer
{
    /// <param name="benign">In the order of time, of the schema's model columns; at least 50.</param>
    /// <param name="cancel">Ends the fitting of the autoencoder and keeps the best so far.</param>
    public static AnomalyModel Train(
        FeatureSchema schema, ISequences benign, TrainingOptions options, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancel = default) => Train(schema, TrainingSets.Split(benign), options, progress, null, cancel);

    public static AnomalyModel Train(
        FeatureSchema schema, TrainingSets sets, TrainingOptions options, IProgress<TrainingProgress>? progress = null,
        FitCheckpoint? checkpoint = null, CancellationToken cancel = default)
    {
        if (sets.Fit.FeatureCount != schema.ModelColumns.Count)
            throw new ArgumentException(
                $"{schema.Name} has {schema.ModelColumns.Count} model columns, not {sets.Fit.FeatureCount}.", nameof(sets));
        var meter = new ProgressMeter(progress, TimeProvider.System);
        var scaler = ScalerFit.Fit(sets.Fit);
        var shape = new AutoencoderShape(schema.ModelColumns.Count, options.Hidden);
        var fit = new AutoencoderFit(scaler, shape, sets.Fit.MaxSteps, options.Seed);
        meter.Begin("autoencoder", (long)sets.Fit.Count * options.Epochs);
        var loss = fit.Run(sets.Fit, sets.Validation, options, meter, checkpoint ?? FitCheckpoint.None, cancel);
        var learned = new SequenceUnion([sets.Fit, sets.Validation]);
        var benign = new SequenceUnion([sets.Fit, sets.Validation, sets.Calibration]);
        var densities = new DensityFit(scaler, fit.Net, options, meter).Run(benign);
        var ranges = RangeFit.Fit(scaler, learned, sets.Calibration);
        var heldOut = densities.HeldOut;
        for (var i = 0; i < heldOut.Length; i++) heldOut[i] = float.IsNaN(heldOut[i]) ? heldOut[i] : MathF.Max(heldOut[i], ranges.Surprise(benign, i));
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["fitSequences"] = sets.Fit.Count,
            ["validationSequences"] = sets.Validation.Count,
        };
        // None where it was cancelled before the first epoch ended.
        if (double.IsFinite(loss)) metrics["validationLoss"] = loss;
        var manifest = new ModelManifest(options.Name, schema.Name, sets.Fit.MaxSteps, options.Hidden, options.FalseAlarmRate,
            AnomalyModel.ThresholdFor(options.FalseAlarmRate), sets.Calibration.Count, options.Seed,
            new SortedDictionary<string, string>(StringComparer.Ordinal), sets.Digest(), metrics)
        {
            HeldOutScores = DriftCheck.Quantiles(Array.FindAll(heldOut, float.IsFinite)),
        };
        var model = AnomalyModelExport.Create(schema, manifest, new(scaler, fit.Net, densities.Groups, ranges));
        return ThresholdFit.Tune(model, Array.FindAll(heldOut[^sets.Calibration.Count..], float.IsFinite));
    }
}
