using System.Globalization;
using System.Text;
using IoMTAD.Inference;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Export;

/// <summary>What a model is for, what it learned from and what it is worth, in plain words: <c>MODEL_CARD.md</c> of the bundle.</summary>
public static class ModelCard
{
    public const string FileName = "MODEL_CARD.md";

    /// <param name="report">On data held back; null where there was none.</param>
    public static string Render(AnomalyModel model, EvaluationReport? report)
    {
        var manifest = model.Manifest;
        var text = new StringBuilder();
        Line($"# {model.Version}");
        Line($"Tells abnormal network traffic of medical devices from normal traffic, ",
            $"in sequences of up to {manifest.MaxSteps} vectors of the schema `{manifest.Schema}`.");
        Line($"It knows the traffic that it learned from: on another network it has to be trained anew. ",
            $"It is no medical device and decides nothing about treatment.");
        Line($"## What it is");
        Line($"- `{AnomalyModel.WeightsFile}`: an LSTM autoencoder of {manifest.Hidden} hidden units and densities over its code, its errors ",
            $"and the sequence's spreads, learned from benign traffic alone. ",
            $"A score is −log₁₀ of the share of benign sequences at least as strange.");
        Line($"- Threshold {manifest.Threshold:0.###}, for {manifest.FalseAlarmRate:0.####%} false alarms; ",
            $"it rests on {manifest.CalibrationSequences:#,0} benign sequences.");
        if (model.Classifier is { } classifier)
            Line($"- `{ClassifierFile.Name}`: {classifier.Members.Count} predictors whose probabilities are averaged, ",
                $"for {classifier.Classes.Count} classes: {string.Join(", ", classifier.Classes)}.");
        else Line($"- No classifier: the training data held no labelled attacks.");
        Line($"## What it learned from");
        Line($"Labels: {string.Join(", ", manifest.TrainingLabels)}. Seed {manifest.Seed}. SHA-256 of the benign sequences: `{manifest.TrainingDataSha256}`.");
        if (report is not null) Figures(report);
        return text.ToString();

        void Figures(EvaluationReport evaluation)
        {
            Line($"## What it is worth");
            Line($"Measured on the test part of the data (SHA-256 `{evaluation.Data.Sha256}`), which nothing was fitted to; ",
                $"{evaluation.Data.DuplicateTestSequences:#,0} repeated test sequences were ",
                $"{(evaluation.Data.DuplicatesDropped ? "left out" : "kept")}.");
            if (evaluation.Detection is { } d)
            {
                var at1Percent = d.MacroRecallAt1PercentInterval;
                Line($"Detection, macro over attack classes: AUC {d.MacroAuc:0.0000}, recall at 1 % false alarms {d.MacroRecallAt1Percent:0.000} ",
                    $"(95 %: {at1Percent.Low:0.000} to {at1Percent.High:0.000}), at the threshold {d.MacroRecallAtThreshold:0.000} ",
                    $"with {d.BenignFalseAlarmRate:0.00%} false alarms.");
                text.AppendLine("| class | sequences | AUC | recall at 1 % | recall at the threshold |").AppendLine("|---|---|---|---|---|");
                foreach (var c in d.PerClass)
                    text.AppendLine(CultureInfo.InvariantCulture,
                        $"| {c.Label} | {c.Sequences} | {c.Auc:0.0000} | {c.RecallAt1Percent:0.000} | {c.RecallAtThreshold:0.000} |");
                text.AppendLine();
            }
            if (evaluation.Classification is { } k)
                Line($"Classification: macro F1 {k.MacroF1:0.000}, weighted F1 {k.WeightedF1:0.000}, accuracy {k.Accuracy:0.000}, ",
                    $"benign against attack {k.BinaryMacroF1:0.000}.");
        }

        void Line(params FormattableString[] parts)
        {
            foreach (var part in parts) text.Append(part.ToString(CultureInfo.InvariantCulture));
            text.AppendLine().AppendLine();
        }
    }
}
