using System.Xml.Linq;
using IoMTAD.Training.Datasets;
using static IoMTAD.Training.Evaluation.Reports.Html;
using static IoMTAD.Training.Evaluation.Reports.Number;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>How attacks are told from benign traffic: by class, over all thresholds, and as scores.</summary>
internal static class DetectionSection
{
    public static IEnumerable<XElement?> Of(EvaluationDetails details)
    {
        var labels = details.Scores.Select(s => s.Label).Concat(details.Report.Detection?.PerClass.Select(c => c.Label) ?? []);
        var pens = Palette.Pens(labels.Where(l => l != DatasetLabel.Benign));
        if (details.Report.Detection is { PerClass.Count: > 0 } detection)
        {
            yield return Section("detection", "Detection by class", Classes(detection, pens), Note(
                "AUC: how often an attack sequence scores higher than a benign one. AP: average precision against all benign test sequences; it "
                + "depends on how many there are of each. Recall: the share of the class found when the threshold lets 0.1, 1 or 5 % of benign "
                + "test sequences through, and at the model's own threshold. “In training” tells whether the training data held the class; "
                + "the detector itself learned from benign traffic alone."));
            if (RocPlot.Of(details, detection, pens) is { } plot) yield return plot;
        }
        yield return ScorePlot.Of(details, pens);
    }

    private static XElement Classes(DetectionResult detection, IReadOnlyDictionary<string, string> pens) => Table.Of<ClassDetection>(
        "Attack classes by AUC; small figures are 95 % intervals",
        [
            new("Class", c => new object[] { Key(pens[c.Label]), c.Label }),
            new("Sequences", c => c.Sequences < InShort.Few
                ? Tag("span.few", With("title", "Few: the figures are uncertain"), Count(c.Sequences))
                : Count(c.Sequences)),
            new("In training", c => Tag(c.Seen ? "span.seen" : "span.unseen", c.Seen ? "yes" : "no"), null, "word"),
            new("AUC", c => With95(Area(c.Auc), Areas(c.AucInterval)), c => c.Auc),
            new("AP", c => Area(c.AveragePrecision), c => c.AveragePrecision),
            new("Recall at 0.1 %", c => Share(c.RecallAt01Percent), c => c.RecallAt01Percent),
            new("Recall at 1 %", c => With95(Share(c.RecallAt1Percent), Shares(c.RecallAt1PercentInterval)), c => c.RecallAt1Percent),
            new("Recall at 5 %", c => Share(c.RecallAt5Percent), c => c.RecallAt5Percent),
            new("At the threshold", c => Share(c.RecallAtThreshold), c => c.RecallAtThreshold),
        ],
        detection.PerClass.OrderByDescending(c => c.Auc).ThenBy(c => c.Label, StringComparer.Ordinal),
        "Mean over classes", Count(detection.PerClass.Sum(c => (long)c.Sequences)), "",
        With95(Area(detection.MacroAuc), Areas(detection.MacroAucInterval)), Area(detection.MacroAveragePrecision),
        Share(detection.MacroRecallAt01Percent), With95(Share(detection.MacroRecallAt1Percent), Shares(detection.MacroRecallAt1PercentInterval)),
        Share(detection.MacroRecallAt5Percent), Share(detection.MacroRecallAtThreshold));

    private static object[] With95(string figure, string interval) => [figure, Tag("small", interval)];

    /// <summary>A piece of a class's line, as legends show it.</summary>
    public static XElement Key(string pen) => Tag("svg.key", With("viewBox", "0 0 28 10"), With("aria-hidden", "true"), Svg.Line($"line.{pen}", 0, 5, 28, 5));
}
