using IoMTAD.Inference;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Local.Commands;

/// <summary>What models are worth on data held back from training: the figures that promotions are decided by.</summary>
internal static class HeldBack
{
    /// <exception cref="CommandException">The data cannot measure this model.</exception>
    public static ModelFigures Measure(AnomalyModel model, Dataset data)
    {
        if (model.Schema.Name != data.Schema.Name)
            throw new CommandException($"{model.Version} takes features of {model.Schema.Name}, but the data holds {data.Schema.Name}");
        var report = ModelEvaluation.Run(model, data).Report;
        var detection = report.Detection
            ?? throw new CommandException("the test part has to hold benign traffic and at least one attack: without both nothing can be measured");
        return new(detection.MacroAuc, detection.MacroRecallAt1Percent, detection.BenignFalseAlarmRate, report.Classification?.MacroF1);
    }
}
