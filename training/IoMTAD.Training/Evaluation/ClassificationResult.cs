namespace IoMTAD.Training.Evaluation;

/// <summary>How well classes are named at one level of detail. Macro figures are plain means over classes, weighted ones count each class by
/// its sequences.</summary>
/// <param name="Classes">2, 6 or 19: the level; the data may hold fewer.</param>
public sealed record LevelQuality(
    int Classes, double Accuracy, double MacroPrecision, double MacroRecall, double MacroF1, double WeightedF1,
    IReadOnlyList<ClassQuality> PerClass, ConfusionMatrix Confusion)
{
    public static LevelQuality Of(int classes, IReadOnlyCollection<(string Truth, string Answer)> answers)
    {
        var confusion = ConfusionMatrix.Of(answers);
        var qualities = confusion.Qualities;
        return new(classes, confusion.Accuracy, Mean(q => q.Precision), Mean(q => q.Recall), Mean(q => q.F1),
            qualities.Sum(q => q.F1 * q.Sequences) / Math.Max(1, confusion.Total), qualities, confusion);

        double Mean(Func<ClassQuality, double> figure) => qualities.Count == 0 ? double.NaN : qualities.Average(figure);
    }
}

/// <summary>How well a classifier names the classes that it knows: at the finest level that its data held, and at the coarser ones.</summary>
public sealed record ClassificationResult(
    int Sequences, double Accuracy, double MacroPrecision, double MacroRecall, double MacroF1, double WeightedF1, double BinaryMacroF1,
    Interval AccuracyInterval, Interval MacroF1Interval, Interval BinaryMacroF1Interval,
    IReadOnlyList<ClassQuality> PerClass, IReadOnlyList<LevelQuality> Levels);
