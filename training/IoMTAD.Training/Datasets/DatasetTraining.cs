using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Datasets;

/// <summary>Fits models to a dataset's training part; the test part is not looked at.</summary>
public static class DatasetTraining
{
    // Sequences that overlap show the model every alignment; those that measure are disjoint.
    private const int FitStride = 3, CalibrationStride = 2;

    /// <summary>Why the dataset is not enough to learn from; null where it is.</summary>
    public static string? TooLittle(Dataset data)
    {
        var sequences = Benign(data).Sum(f => f.Disjoint().Count);
        return sequences < TrainingSets.FewestSequences
            ? $"{sequences} benign training sequences are too few to learn from: {TrainingSets.FewestSequences} are needed" : null;
    }

    /// <summary>Share of benign sequences above the threshold where nobody asks for another: windows of captures come by the thousand.</summary>
    public static double UsualFalseAlarmRate(Dataset data) => data.Schema == WindowSchema.Schema ? 2e-4 : 0.01;

    /// <summary>From the benign files alone.</summary>
    /// <param name="checkpoint">Of an earlier run with the same data and options.</param>
    public static AnomalyModel FitDetector(
        Dataset data, TrainingOptions options, IProgress<TrainingProgress>? progress = null, FitCheckpoint? checkpoint = null,
        CancellationToken cancel = default) =>
        DetectorTrainer.Train(data.Schema, Split(Benign(data)), options, progress, checkpoint, cancel);

    /// <summary>From all files; their labels, made as coarse as asked for, are the classes.</summary>
    public static ClassifierModel FitClassifier(
        Dataset data, ClassifierOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Fit(Classifiers.Default(options), data, options.Level, new ProgressMeter(progress, TimeProvider.System), cancel);

    internal static ClassifierModel Fit(IClassifierFit fit, Dataset data, int level, ProgressMeter progress, CancellationToken cancel)
    {
        var learned = ClassifierData.Of(data.Schema, [.. data.Train.Select(f => (f, 0, f.Count))], level);
        return new(data.Schema, learned.Sequences.MaxSteps, learned.Scaler, fit.Fit(learned, progress, cancel), learned.Classes);
    }

    /// <summary>Whether the model's detector learned from this very training part.</summary>
    public static bool WasLearned(AnomalyModel model, Dataset data) =>
        Benign(data) is { Count: > 0 } benign && Split(benign).Digest() == model.Manifest.TrainingDataSha256;

    /// <summary>Scores of the training part's benign traffic, disjoint sequences in the order of time.</summary>
    public static AnomalyScore[] ScoreBenign(AnomalyModel model, Dataset data)
    {
        var benign = new SequenceUnion(Benign(data).Select(f => f.Disjoint()));
        var scores = new AnomalyScore[benign.Count];
        if (benign.Count > 0) new ManagedAnomalyScorer(model).Score(benign, scores);
        return scores;
    }

    /// <summary>The kind of device behind each of those scores; empty where the data names no devices, as the dataset's rows do not.</summary>
    public static IReadOnlyList<string> BenignKinds(Dataset data)
    {
        var benign = Benign(data);
        return benign.All(f => f is CaptureSegments) ? [.. benign.Cast<CaptureSegments>().SelectMany(f => f.Kinds)] : [];
    }

    /// <summary>Cuts each file along its rows; sequences cross neither files nor cuts.</summary>
    public static TrainingSets Split(IReadOnlyList<LabelledFile> files) => TrainingSets.Of(
        from file in files
        from cut in TrainingSets.Cuts(file.Count)
        select (cut.Set, file.Sequences(cut.From, cut.To, cut.Set == 2 ? CalibrationStride : FitStride)));

    internal static IReadOnlyList<LabelledFile> Benign(Dataset data) => [.. data.Train.Where(f => f.Label == DatasetLabel.Benign)];
}
