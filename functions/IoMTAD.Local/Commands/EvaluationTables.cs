using System.Globalization;
using IoMTAD.Training.Evaluation;
using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary>An evaluation as tables in the terminal.</summary>
internal static class EvaluationTables
{
    public static void Write(Terminal terminal, EvaluationReport report, double falseAlarmRate)
    {
        if (report.Detection is { } detection) Write(terminal, detection, falseAlarmRate);
        if (report.Classification is { } classification) Write(terminal, classification);
        if (report.UnseenClasses.Count > 0)
            terminal.Output.WriteLine($"not in the training data, so counted in detection alone: {string.Join(", ", report.UnseenClasses)}");
        var card = report.Data;
        if (card.DuplicateTestSequences > 0)
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{card.DuplicateTestSequences:#,0} test sequences repeat others and "
                + $"{(card.DuplicatesDropped ? "were left out" : "were counted all the same")}"));
    }

    private static void Write(Terminal terminal, DetectionResult detection, double falseAlarmRate)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("detection", "sequences", "AUC", "AP", "recall at 0.1 %", "at 1 %", "at 5 %", "at threshold");
        foreach (var c in detection.PerClass)
            table.AddRow(Markup.Escape(c.Seen ? c.Label : $"{c.Label} (unseen)"), Count(c.Sequences), Share(c.Auc), Share(c.AveragePrecision),
                Share(c.RecallAt01Percent), Share(c.RecallAt1Percent), Share(c.RecallAt5Percent), Share(c.RecallAtThreshold));
        table.AddRow("[bold]macro[/]", Count(detection.PerClass.Sum(c => c.Sequences)), Share(detection.MacroAuc), Share(detection.MacroAveragePrecision),
            Share(detection.MacroRecallAt01Percent), Share(detection.MacroRecallAt1Percent), Share(detection.MacroRecallAt5Percent),
                Share(detection.MacroRecallAtThreshold));
        terminal.Console.Write(table);
        var perHour = detection.FalseAlarmsPerHour is { } hourly ? FormattableString.Invariant($", {hourly:0.##} an hour") : "";
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"false alarms at the threshold: {detection.BenignFalseAlarmRate:0.00%} "
            + $"({detection.BenignFalseAlarmRateInterval.Low:0.00%} to {detection.BenignFalseAlarmRateInterval.High:0.00%}) "
            + $"of {detection.BenignSequences:#,0} benign sequences{perHour}; {falseAlarmRate:0.####%} was asked for"));
    }

    private static void Write(Terminal terminal, ClassificationResult classification)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("classification", "sequences", "precision", "recall", "F1");
        foreach (var c in classification.PerClass)
            table.AddRow(Markup.Escape(c.Label), Count(c.Sequences), Share(c.Precision), Share(c.Recall), Share(c.F1));
        table.AddRow("[bold]macro[/]", Count(classification.Sequences),
            Share(classification.MacroPrecision), Share(classification.MacroRecall), Share(classification.MacroF1));
        terminal.Console.Write(table);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"accuracy {classification.Accuracy:0.0000}, weighted F1 {classification.WeightedF1:0.0000}, macro F1 {classification.MacroF1:0.0000} "
            + $"({classification.MacroF1Interval.Low:0.000} to {classification.MacroF1Interval.High:0.000}), "
            + $"benign against attack {classification.BinaryMacroF1:0.0000} "
            + $"({classification.BinaryMacroF1Interval.Low:0.000} to {classification.BinaryMacroF1Interval.High:0.000})"));
    }

    private static string Count(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Share(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
