using System.Globalization;
using System.Xml.Linq;
using IoMTAD.Training.Datasets;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>How the scores of each class lie beside those of benign traffic: rows of histograms on one axis.</summary>
internal static class ScorePlot
{
    private const double Width = 960, Row = 46, Ridge = 34, Top = 30, Left = 216;
    private const int Bins = 72, LongestName = 26;

    /// <returns>Null where no class has scores.</returns>
    public static XElement? Of(EvaluationDetails details, IReadOnlyDictionary<string, string> pens)
    {
        var detection = details.Report.Detection;
        var areas = detection?.PerClass.ToLookup(c => c.Label, c => c.Auc, StringComparer.Ordinal);
        ClassScores[] rows = [.. details.Scores.Where(s => s.Scores.Length > 0).OrderByDescending(s => s.Label == DatasetLabel.Benign)
            .ThenByDescending(s => areas?[s.Label].FirstOrDefault() ?? 0).ThenBy(s => s.Label, StringComparer.Ordinal)];
        if (rows.Length == 0) return null;
        var axis = new Axis(0, End(rows, detection?.Threshold), Left, Width - 84);
        var benign = rows[0].Label == DatasetLabel.Benign ? Histogram.Of(rows[0].Scores, axis.High, Bins) : null;
        var bottom = Top + Row * rows.Length;
        return Section("scores", "Score distributions",
            Tag("div.plot.wide", Scroll("Scores of each class", Svg.Drawing("svg.scores", Width, bottom + 44, "Score distributions",
                $"Histograms of the anomaly score for {rows.Length} classes, one above the other, the benign one behind each of them.",
                Ticks(axis, bottom), rows.Select((row, i) => Ridges(row, benign, axis, Top + Row * (i + 1), pens, detection?.Threshold)),
                detection is null ? null : Limit(axis, detection.Threshold, bottom)))),
            Note("A score is −log₁₀ of the share of benign sequences that were at least as strange when the model was calibrated: 2 means one in a hundred, 3 "
                + "one in a thousand. Beyond what calibration saw, the share is extrapolated. Each row shows how one class's scores spread, as high as "
                + "its own peak; the grey shape behind is benign traffic. Scores beyond the axis are counted in its last bar. "
                + "What lies right of the threshold raises an alarm."));
    }

    /// <summary>One stray score must not squeeze all others, so a few may lie beyond the end.</summary>
    private static double End(ClassScores[] rows, double? threshold)
    {
        var most = rows.Select(r => r.Scores.Where(float.IsFinite).Order().ToArray()).Where(s => s.Length > 0)
            .Select(s => (double)s[(int)(0.98 * (s.Length - 1))]).DefaultIfEmpty(0).Max();
        return Math.Clamp(Math.Ceiling(Math.Max(most, threshold is { } t && double.IsFinite(t) ? t + 0.5 : 0)), 3, 12);
    }

    private static IEnumerable<XElement> Ticks(Axis axis, double bottom)
    {
        for (var score = 0; score <= axis.High; score++)
        {
            var (x, anchor) = (axis.At(score), score == 0 ? "start" : "middle");
            yield return Svg.Line("grid", x, Top, x, bottom);
            yield return Svg.Text($"tick.{anchor}", x, bottom + 18, Number.Count(score));
            yield return Svg.Text($"tick.dim.{anchor}", x, bottom + 35, score == 0 ? "all benign" : $"1 in {Power(score)}");
        }
        yield return Svg.Text("tick.end", Width, bottom + 18, "score");
        yield return Svg.Text("tick.end.dim", Width, Top - 12, "above threshold");
    }

    private static string Power(int exponent) => exponent < 5
        ? Number.Count((long)Math.Pow(10, exponent))
        : "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    private static XElement Ridges(
        ClassScores row, double[]? benign, Axis axis, double foot, IReadOnlyDictionary<string, string> pens, double? threshold)
    {
        var own = row.Label == DatasetLabel.Benign;
        var above = threshold is { } t ? Share(RocCurve.ShareAbove(row.Scores, t)) : "";
        return Svg.Group($"{row.Label}: {Number.Counted(row.Scores.Length, "sequence")}{(above.Length > 0 ? $", {above} above the threshold" : "")}",
            Svg.Rect("hit", 0, foot - Row, Width, Row),
            benign is null || own ? null : Svg.Area("behind", Shape(benign, axis, foot)),
            Svg.Area(own ? "benign" : $"ridge.{pens[row.Label]}", Shape(Histogram.Of(row.Scores, axis.High, Bins), axis, foot)),
            Svg.Line("base", 0, foot, Width, foot),
            Svg.Text("row-name.start", 0, foot - 20, row.Label.Length > LongestName ? $"{row.Label[..LongestName]}…" : row.Label),
            Svg.Text("row-count.start", 0, foot - 5, Number.Counted(row.Scores.Length, "sequence")),
            Svg.Text("row-share.end", Width, foot - 8, above));

        // False alarms are rare by design: one place after the point would not tell 0.95 % from the 1 % that was asked for.
        string Share(double share) => own ? Number.Rate(share) : Number.Share(share);
    }

    private static IEnumerable<(double X, double Y)> Shape(double[] heights, Axis axis, double foot)
    {
        var step = (axis.To - axis.From) / heights.Length;
        yield return (axis.From, foot);
        for (var i = 0; i < heights.Length; i++)
        {
            yield return (axis.From + i * step, foot - Ridge * heights[i]);
            yield return (axis.From + (i + 1) * step, foot - Ridge * heights[i]);
        }
        yield return (axis.To, foot);
    }

    private static IEnumerable<XElement> Limit(Axis axis, double threshold, double bottom) =>
    [
        Svg.Line("limit", axis.At(threshold), Top - 8, axis.At(threshold), bottom),
        Svg.Text("limit-name.middle", axis.At(threshold), Top - 13, $"threshold {Number.Plain(threshold)}"),
    ];
}
