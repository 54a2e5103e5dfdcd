using System.Xml.Linq;
using IoMTAD.Training.Datasets;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>The few figures that stand for all others, each with its interval drawn on its scale.</summary>
internal static class KeyFigures
{
    private const double Width = 200, Height = 16;

    public static XElement? Of(EvaluationDetails details)
    {
        var (detection, classification) = (details.Report.Detection, details.Report.Classification);
        XElement?[] cards =
        [
            detection is null ? null : Card("Macro AUC", Number.Area(detection.MacroAuc), Number.Areas(detection.MacroAucInterval),
                detection.MacroAuc, detection.MacroAucInterval, 1, null, "Attack above benign, mean over attack classes; 0.5 is chance"),
            detection is null ? null : Card("Macro recall at 1 %", Number.Share(detection.MacroRecallAt1Percent),
                Number.Shares(detection.MacroRecallAt1PercentInterval), detection.MacroRecallAt1Percent,
                detection.MacroRecallAt1PercentInterval, 1, null, "Attacks found where 1 % of benign sequences raise an alarm"),
            detection is null ? null : Alarms(detection, details.AskedFalseAlarmRate),
            classification is null ? null : Card($"Macro F1, {Number.Counted(classification.PerClass.Count, "class", "classes")}",
                Number.Area(classification.MacroF1), Number.Areas(classification.MacroF1Interval), classification.MacroF1,
                classification.MacroF1Interval, 1, null, "Plain mean over classes, the rare ones counting as much"),
            classification is null ? null : Card("Binary macro F1", Number.Area(classification.BinaryMacroF1),
                Number.Areas(classification.BinaryMacroF1Interval), classification.BinaryMacroF1,
                classification.BinaryMacroF1Interval, 1, null, "Attack or benign, from the classifier's answers"),
        ];
        return cards.All(c => c is null) ? null : Tag("dl.figures", cards);
    }

    private static XElement Alarms(DetectionResult detection, double? asked)
    {
        var (rate, interval) = (detection.BenignFalseAlarmRate, detection.BenignFalseAlarmRateInterval);
        var most = new[] { rate, interval.High, asked ?? 0, 0.001 }.Where(double.IsFinite).Max();
        return Card("False-alarm rate", Number.Rate(rate), Number.Rates(interval), rate, interval, 1.25 * most, asked,
            (asked is { } a ? $"{Number.Rate(a)} was asked for (the tick); " : "")
            + $"at the model's threshold, of {Number.Counted(detection.BenignSequences, "benign test sequence")}"
            + (detection.FalseAlarmsPerHour is { } hourly ? $", {Number.Plain(hourly)} per hour" : ""));
    }

    private static XElement Card(
        string name, string value, string range, double figure, Interval interval, double most, double? asked, string meaning)
    {
        var axis = new Axis(0, most, 4, Width - 4);
        return Tag("div", Tag("dt", name), Tag("dd.value", value), Tag("dd.interval",
            Svg.Drawing("svg.strip", Width, Height, name, $"{value}, 95 % interval {range}",
                Svg.Rect("track", 0, 6, Width, 4),
                double.IsFinite(interval.Low) && double.IsFinite(interval.High)
                    ? Svg.Rect("range", axis.At(interval.Low), 5, Math.Max(2, axis.At(interval.High) - axis.At(interval.Low)), 6) : null,
                double.IsFinite(figure) ? Svg.Rect("mark", axis.At(figure) - 2, 2, 4, 12) : null,
                asked is { } a ? Svg.Line("asked", axis.At(a), 0, axis.At(a), Height) : null),
            Tag("span", $"95 %: {range}")), Tag("dd.meaning", meaning));
    }
}
