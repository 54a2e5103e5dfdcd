using IoMTAD.Inference;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Local.Commands;

/// <summary>What models are worth on data held back from training: the figures that promotions are decided by.</summary>
internal static class HeldBack
{
    /// <exception cref="CommandException">The data cannot measure this model.</exception>
    public static EvaluationReport Measure(AnomalyModel model, Dataset data)
    {
        if (model.Schema.Name != data.Schema.Name)
            throw new CommandException($"{model.Version} takes features of {model.Schema.Name}, but the data holds {data.Schema.Name}");
        var report = ModelEvaluation.Run(model, data).Report;
        return report.Detection is not null
            ? report
            : throw new CommandException("the test part has to hold benign traffic and at least one attack: without both nothing can be measured");
    }

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
