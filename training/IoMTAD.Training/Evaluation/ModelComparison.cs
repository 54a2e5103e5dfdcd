using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Evaluation;

/// <summary>Classifiers and detectors trained on the same part of a dataset and measured on the same other part.</summary>
/// <param name="Classes">2, 6 or 19; the data may hold fewer.</param>
public sealed record ModelComparison(int Classes, int Seed, IReadOnlyList<ComparedModel> Models, DataCard Data)
{
    /// <summary>Trained on benign traffic alone.</summary>
    public IReadOnlyList<ComparedDetector> Detectors { get; init; } = [];
}

/// <param name="TrainingSeconds">By the clock, on as many threads as the model can use.</param>
/// <param name="WithLeaks">What the columns that give the label away would have given; null where that was not asked for.</param>
public sealed record ComparedModel(string Name, double TrainingSeconds, LevelQuality Quality, LevelQuality? WithLeaks);

/// <param name="MacroAuc">Plain mean over attack classes, as <see cref="DetectionResult"/> has it.</param>
public sealed record ComparedDetector(string Name, double TrainingSeconds, double MacroAuc, double MacroRecallAt1Percent);
