using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>A group of four bars for each model.</summary>
internal static class ComparisonChart
{
    private const double Line = 16, Top = 24, Foot = 318, Left = 54, Bar = 30, Gap = 34;
    private const int LineLength = 18;

    public static XElement Of(ModelComparison comparison)
    {
        var group = Measure.All.Count * Bar + Gap;
        var names = comparison.Models.Select(m => Lines(m.Name)).ToArray();
        var height = Foot + 12 + Line * names.Max(n => n.Count);
        var width = Left + comparison.Models.Count * group + 8;
        var up = new Axis(0, 1, Foot, Top);
        return Tag("div.plot.wide",
            Tag("ol.legend.row", With("aria-label", "Legend"), Measure.All.Select((m, i) => Tag("li", Tag($"i.swatch.{Palette.Pen(i)}"), Tag("span", m.Name)))),
            Scroll("Comparison of models", Svg.Drawing("svg.bars", width, height, "Comparison of models",
                $"{string.Join(", ", Measure.All.Select(m => m.Name.ToLowerInvariant()))} of "
                + $"{Number.Counted(comparison.Models.Count, "model")}, as groups of bars from zero to 100 percent.",
                With("style", $"min-width: {Number.Coordinate(0.7 * width)}px; max-width: {Number.Coordinate(1.3 * width)}px"),
                up.Divide(5).SelectMany(share => new[]
                {
                    Svg.Line("grid", Left, up.At(share), width, up.At(share)),
                    Svg.Text("tick.end", Left - 8, up.At(share) + 4, $"{Number.Plain(100 * share)} %"),
                }),
                comparison.Models.Select((model, i) => Group(model, names[i], Left + Gap / 2 + i * group, up)), Svg.Line("base", Left, Foot, width, Foot))));
    }

    private static IEnumerable<XElement> Group(ComparedModel model, IReadOnlyList<string> name, double x, Axis up)
    {
        for (var i = 0; i < Measure.All.Count; i++)
        {
            var value = Measure.All[i].Of(model.Quality);
            var left = x + i * Bar;
            yield return Svg.Group($"{model.Name}, {Measure.All[i].Name.ToLowerInvariant()}: {Number.Share(value)}",
                Svg.Rect($"column.{Palette.Pen(i)}", left + 1.5, up.At(value), Bar - 3, Foot - up.At(value)),
                Svg.Text("value.middle", left + Bar / 2, up.At(value) - 5, double.IsFinite(value) ? Number.Bare(value) : "–"));
        }
        for (var i = 0; i < name.Count; i++) yield return Svg.Text("row-name.middle", x + Measure.All.Count * Bar / 2, Foot + 20 + Line * i, name[i]);
    }

    /// <summary>A name over at most three lines; what is left of it is in the tooltips and the table.</summary>
    private static IReadOnlyList<string> Lines(string name)
    {
        var lines = new List<string> { "" };
        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length >= LineLength) lines.Add("");
            lines[^1] += lines[^1].Length > 0 ? $" {word}" : word;
        }
        return [.. lines.Take(3).Select(l => l.Length > LineLength + 2 ? $"{l[..LineLength]}…" : l)];
    }
}
