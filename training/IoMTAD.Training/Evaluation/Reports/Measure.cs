namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>One of the four figures that papers compare classifiers by.</summary>
internal sealed record Measure(string Name, Func<LevelQuality, double> Of)
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        new("Accuracy", q => q.Accuracy), new("Macro precision", q => q.MacroPrecision),
        new("Macro recall", q => q.MacroRecall), new("Macro F1", q => q.MacroF1),
    ];
}
