using System.Xml.Linq;
using IoMTAD.Training.Datasets;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>Recall over the false-alarm rate, a line per attack class. The rate's axis is logarithmic, because only its low end can be
/// lived with.</summary>
internal static class RocPlot
{
    private const double Width = 640, Height = 440, Lowest = 0.001;
    private const int Points = 160;

    private static readonly Axis Across = new(Lowest, 1, 66, Width - 16, Logarithmic: true);
    private static readonly Axis Up = new(0, 1, Height - 62, 38);

    /// <returns>Null where there are no scores to draw.</returns>
    public static XElement? Of(EvaluationDetails details, DetectionResult detection, IReadOnlyDictionary<string, string> pens)
    {
        var benign = details.Scores.FirstOrDefault(s => s.Label == DatasetLabel.Benign)?.Scores ?? [];
        var areas = detection.PerClass.GroupBy(c => c.Label, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Auc, StringComparer.Ordinal);
        var classes = details.Scores.Where(s => s.Label != DatasetLabel.Benign && s.Scores.Length > 0)
            .Select(s => (s.Label, s.Scores, Auc: areas.GetValueOrDefault(s.Label, double.NaN)))
            .OrderByDescending(c => c.Auc).ThenBy(c => c.Label, StringComparer.Ordinal).ToArray();
        if (benign.Length == 0 || classes.Length == 0) return null;
        var one = 1.0 / benign.Length;
        return Section("roc", "ROC curves",
            Tag("div.plot", Svg.Drawing("svg.roc", Width, Height, "ROC curves of the attack classes",
                $"Recall over the false-alarm rate from 0.1 to 100 percent, one line for each of {classes.Length} attack classes.",
                Frame(one), classes.Reverse().Select(c => Svg.Group($"{c.Label}: AUC {Number.Area(c.Auc)}",
                    Svg.Curve($"line.{pens[c.Label]}", Curve(benign, c.Scores))))),
                Tag("ol.legend", With("aria-label", "Legend, by AUC"), classes.Select(c => Tag("li", DetectionSection.Key(pens[c.Label]),
                    Tag("span", c.Label), Tag("b", Number.Area(c.Auc)))))),
            Note("Each line says which share of a class is found (upwards) when a share of benign sequences raises an alarm (rightwards, in decades). "
                + "A line that is high already at the left is good; the dotted curve is chance. The legend is in the order of AUC. "
                + $"One benign test sequence is {Number.Rate(one)}"
                + (one > Lowest ? "; lower rates (the shaded part) cannot be measured on this data." : ".")));
    }

    private static IEnumerable<XElement?> Frame(double one)
    {
        var (left, right, bottom, top) = (Across.From, Across.To, Up.From, Up.To);
        if (one > Lowest) yield return Svg.Rect("void", left, top, Across.At(one) - left, bottom - top);
        foreach (var recall in Up.Divide(5))
        {
            yield return Svg.Line("grid", left, Up.At(recall), right, Up.At(recall));
            yield return Svg.Text("tick.end", left - 8, Up.At(recall) + 4, $"{Number.Plain(100 * recall)} %");
        }
        foreach (var decade in Across.Divide(3))
        {
            yield return Svg.Line("grid", Across.At(decade), top, Across.At(decade), bottom);
            yield return Svg.Text(decade == Lowest ? "tick.start" : decade > 0.5 ? "tick.end" : "tick.middle", Across.At(decade), bottom + 20,
                $"{Number.Plain(100 * decade)} %");
            for (var i = 2; i < 10 && decade < 0.5; i++) yield return Svg.Line("tickmark", Across.At(i * decade), bottom, Across.At(i * decade), bottom + 4);
        }
        yield return Svg.Curve("chance", Across.Divide(60).Select(x => (Across.At(x), Up.At(x))));
        yield return Svg.Line("limit", Across.At(0.01), top, Across.At(0.01), bottom);
        yield return Svg.Text("limit-name.start", Across.At(0.01) + 6, bottom - 8, "1 % false alarms");
        yield return Svg.Text("axis-name.middle", (left + right) / 2, Height - 12, "false-alarm rate: share of benign sequences with an alarm");
        yield return Svg.Text("axis-name.start", 0, 16, "recall: share of the class that is found");
    }

    /// <summary>Only corners are kept: recall rises in few steps where a class has few sequences.</summary>
    private static IEnumerable<(double X, double Y)> Curve(float[] benign, float[] attack)
    {
        float[] falling = [.. benign.OrderDescending()];
        float[] found = [.. attack.Order()];
        var y = double.NaN;
        foreach (var rate in Across.Divide(Points))
        {
            var allowed = (int)Math.Floor(rate * falling.Length + 1e-9);
            var recall = allowed >= falling.Length ? 1 : RocCurve.ShareAbove(found, falling[allowed]);
            if (Up.At(recall) == y && rate < 1) continue;
            if (!double.IsNaN(y)) yield return (Across.At(rate), y);
            y = Up.At(recall);
            yield return (Across.At(rate), y);
        }
    }
}
