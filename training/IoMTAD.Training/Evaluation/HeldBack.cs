using IoMTAD.Inference;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Evaluation;

/// <summary>What models are worth on data held back from training: the figures that promotions are decided by.</summary>
public static class HeldBack
{
    /// <summary>Why the data can measure no model; null where it can.</summary>
    public static string? Refusal(Dataset data) =>
        data.Tests.Any(t => t.Label == DatasetLabel.Benign && t.Sequences.Count > 0) && data.Tests.Any(t => t.Label != DatasetLabel.Benign)
            ? null : "the test part has to hold benign traffic and at least one attack: without both nothing can be measured";

    /// <summary>Why the data cannot measure this model; null where it can.</summary>
    public static string? Refusal(AnomalyModel model, Dataset data) => model.Schema.Name == data.Schema.Name
        ? Refusal(data) : $"{model.Version} takes features of {model.Schema.Name}, but the data holds {data.Schema.Name}";

    /// <summary>Figures of both, their classifiers compared at the finest level that both answer at: telling two classes apart is easier than
    /// telling nineteen.</summary>
    public static (ModelFigures? Candidate, ModelFigures? Current) Compare(EvaluationReport? candidate, EvaluationReport? current)
    {
        var common = Math.Min(Finest(candidate), Finest(current));
        return (Figures(candidate, common), Figures(current, common));
    }

    private static int Finest(EvaluationReport? report) => report?.Classification?.Levels[^1].Classes ?? int.MaxValue;

    private static ModelFigures? Figures(EvaluationReport? report, int level) => report?.Detection is { } detection
        ? new(detection.MacroAuc, detection.MacroRecallAt1Percent, detection.BenignFalseAlarmRate,
            report.Classification?.Levels.FirstOrDefault(l => l.Classes == level)?.MacroF1)
        : null;
}
