using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Datasets;

/// <summary>What came of a training run over a dataset folder.</summary>
/// <param name="Model">Null where there was too little readable benign training data.</param>
/// <param name="Detection">On the test part; null where it is missing.</param>
/// <param name="Problems">What could not be read, a line each.</param>
public sealed record DatasetTrainingResult(AnomalyModel? Model, DetectionResult? Detection, IReadOnlyList<string> Problems);

/// <summary>Trains on the benign files of <c>train/</c> alone, and measures on <c>test/</c>, which nothing was fitted or tuned
/// on.</summary>
public static class DatasetTraining
{
    // Sequences that overlap show the model every alignment; those that measure are disjoint.
    private const int FitStride = 3, CalibrationStride = 2;

    public static DatasetTrainingResult Run(
        string folder, TrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var problems = new List<string>();
        var train = DatasetFolder.Read(folder, DatasetFolder.Train, problems).Where(f => f.Label == DatasetLabel.Benign).ToList();
        if (train.Sum(f => f.Count) < 1000)
        {
            problems.Add($"{folder}: {train.Sum(f => f.Count)} benign training rows are too few");
            return new(null, null, problems);
        }
        var model = DetectorTrainer.Train(train[0].Schema, Split(train), options, progress, cancel);
        var test = DatasetFolder.Read(folder, DatasetFolder.Test, problems).Where(f => f.Schema == model.Schema);
        return new(model, Evaluate(model, test), problems);
    }

    /// <summary>Null where there are no benign rows to compare with.</summary>
    public static DetectionResult? Evaluate(AnomalyModel model, IEnumerable<DatasetRows> files)
    {
        var labels = DatasetFolder.ByLabel(files);
        var benign = labels.FirstOrDefault(l => l.Label == DatasetLabel.Benign).Sequences;
        if (benign is null || benign.Count == 0) return null;
        return DetectionEvaluation.Run(new ManagedAnomalyScorer(model), benign, labels.Where(l => l.Label != DatasetLabel.Benign));
    }

    /// <summary>Cuts each file along its rows; sequences cross neither files nor cuts.</summary>
    public static TrainingSets Split(IReadOnlyList<DatasetRows> files)
    {
        var sets = new SequenceBatch[3];
        for (var i = 0; i < sets.Length; i++) sets[i] = new(files[0].Schema.ModelColumns.Count);
        foreach (var file in files)
            foreach (var (set, from, to) in TrainingSets.Cuts(file.Count))
                file.AddSequences(sets[set], from, to, set == 2 ? CalibrationStride : FitStride);
        return new(sets[0], sets[1], sets[2]);
    }
}
