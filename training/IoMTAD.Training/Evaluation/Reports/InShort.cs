using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;
using static IoMTAD.Training.Evaluation.Reports.Number;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>What the figures come to, in sentences.</summary>
internal static class InShort
{
    /// <summary>Below this many sequences a class's figures are called uncertain.</summary>
    public const int Few = 50;

    public static XElement Of(EvaluationDetails details)
    {
        string?[] sentences = [.. Detection(details.Report.Detection, details.AskedFalseAlarmRate), .. Classification(details.Report.Classification)];
        return Tag("section.short", With("aria-labelledby", "short-h"), Tag("h2", With("id", "short-h"), "In short"), KeyFigures.Of(details),
            sentences.OfType<string>().Any()
                ? Tag("ul", sentences.OfType<string>().Select(s => Tag("li", s)))
                : Note("The data allow no figures: detection needs benign and attack sequences, classification a classifier that knows their classes."),
            Note("Intervals are 95 %, from 200 resamples by blocks, because neighbouring sequences resemble each other. They speak of chance in this "
                + "test data alone, not of other devices, another network or a later day; one without width means that no resample held a mistake, "
                + "not that there can be none."));
    }

    private static IEnumerable<string?> Detection(DetectionResult? detection, double? asked)
    {
        if (detection is null || detection.PerClass.Count == 0) yield break;
        var hardest = detection.PerClass.MinBy(c => c.RecallAt1Percent)!;
        yield return $"An attack sequence scores higher than a benign one in {Share(detection.MacroAuc)} of pairs, on average over "
            + $"{Counted(detection.PerClass.Count, "attack class", "attack classes")}.";
        yield return $"Where one benign sequence in a hundred may raise an alarm, {Share(detection.MacroRecallAt1Percent)} of the attack "
            + $"sequences are found on average. Hardest is {hardest.Label} with {Share(hardest.RecallAt1Percent)} of "
            + $"{Counted(hardest.Sequences, "sequence")}.";
        yield return $"At the model's own threshold, {Rate(detection.BenignFalseAlarmRate)} of the benign test sequences raise an alarm"
            + (asked is { } a ? $" ({Rate(a)} was asked for)" : "") + $" and {Share(detection.MacroRecallAtThreshold)} of the attack sequences are found.";
        var few = detection.PerClass.Where(c => c.Sequences < Few).OrderBy(c => c.Sequences).ToArray();
        if (few.Length > 0)
            yield return $"Read with care: {string.Join(", ", few.Select(c => $"{c.Label} ({Count(c.Sequences)})"))} "
                + $"{(few.Length == 1 ? "has" : "have")} fewer than {Few} test sequences, so "
                + $"{(few.Length == 1 ? "its figures" : "their figures")} may be far off.";
    }

    private static IEnumerable<string?> Classification(ClassificationResult? classification)
    {
        if (classification is null || classification.PerClass.Count == 0) yield break;
        var weakest = classification.PerClass.MinBy(c => c.F1)!;
        yield return $"The classifier names {Share(classification.Accuracy)} of {Counted(classification.Sequences, "sequence")} rightly. "
            + $"It is weakest on {weakest.Label} (F1 {Area(weakest.F1)}).";
    }
}
