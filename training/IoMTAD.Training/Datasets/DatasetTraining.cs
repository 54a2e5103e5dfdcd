using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Datasets;

/// <summary>Trains on the benign files of the training part alone, and measures on the test part, which nothing was fitted or tuned
/// on.</summary>
public static class DatasetTraining
{
    // Sequences that overlap show the model every alignment; those that measure are disjoint.
    private const int FitStride = 3, CalibrationStride = 2;

    /// <summary>Why the dataset is not enough to learn from; null where it is.</summary>
    public static string? TooLittle(Dataset data)
    {
        var rows = Benign(data).Sum(f => f.Disjoint().Count);
        return rows < TrainingSets.FewestSequences
            ? $"{rows} benign training sequences are too few to learn from: {TrainingSets.FewestSequences} are needed" : null;
    }

    public static AnomalyModel FitDetector(
        Dataset data, TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        DetectorTrainer.Train(data.Schema, Split(Benign(data)), options, progress, null, cancel);

    public static DetectionResult? EvaluateDetection(AnomalyModel model, Dataset data)
    {
        var scorer = new ManagedAnomalyScorer(model);
        ClassScores[] scores = [.. data.Tests.Select(t => new ClassScores(t.Label, DetectionEvaluation.Scores(scorer, t.Sequences)))];
        var benign = scores.FirstOrDefault(s => s.Label == DatasetLabel.Benign)?.Scores ?? [];
        var attacks = scores.Where(s => s.Label != DatasetLabel.Benign).ToArray();
        return benign.Length == 0 || attacks.Length == 0 ? null : DetectionEvaluation.Run(benign, attacks, model.Manifest.Threshold, _ => true);
    }

    /// <summary>Cuts each file along its rows; sequences cross neither files nor cuts.</summary>
    public static TrainingSets Split(IReadOnlyList<LabelledFile> files) => TrainingSets.Of(
        from file in files
        from cut in TrainingSets.Cuts(file.Count)
        select (cut.Set, file.Sequences(cut.From, cut.To, cut.Set == 2 ? CalibrationStride : FitStride)));

    private static IReadOnlyList<LabelledFile> Benign(Dataset data) => [.. data.Train.Where(f => f.Label == DatasetLabel.Benign)];
}
