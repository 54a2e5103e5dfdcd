using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Evaluation;

/// <summary>Classifiers trained on the same part of a dataset and measured on the same other part.</summary>
/// <param name="Classes">2, 6 or 19; the data may hold fewer.</param>
public sealed record ModelComparison(int Classes, int Seed, IReadOnlyList<ComparedModel> Models, DataCard Data);

/// <param name="TrainingSeconds">By the clock, on as many threads as the model can use.</param>
/// <param name="WithLeaks">What the columns that give the label away would have given; null where that was not asked for.</param>
public sealed record ComparedModel(string Name, double TrainingSeconds, LevelQuality Quality, LevelQuality? WithLeaks);
