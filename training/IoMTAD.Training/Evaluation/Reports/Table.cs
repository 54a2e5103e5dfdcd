using System.Xml.Linq;
using static IoMTAD.Training.Evaluation.Reports.Html;

namespace IoMTAD.Training.Evaluation.Reports;

/// <param name="Cell">Text or elements.</param>
/// <param name="Bar">A share that a bar below the text shows, 0–1.</param>
internal sealed record Column<T>(string Head, Func<T, object?> Cell, Func<T, double>? Bar = null, string Kind = "number");

/// <summary>Tables whose first column names the rows.</summary>
internal static class Table
{
    /// <param name="foot">A last row that sums the others up.</param>
    public static XElement Of<T>(string caption, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows, params object?[] foot) =>
        Scroll(caption, Tag("table", Tag("caption", caption),
            Tag("thead", Tag("tr", columns.Select((c, i) => Tag(i == 0 ? "th" : $"th.{c.Kind}", With("scope", "col"), c.Head)))),
            Tag("tbody", rows.Select(row => Tag("tr", columns.Select((c, i) => Cell(c, row, i == 0))))),
            foot.Length == 0 ? null : Tag("tfoot", Tag("tr", foot.Select((cell, i) =>
                i == 0 ? Tag("th", With("scope", "row"), cell) : Tag($"td.{columns[i].Kind}", cell))))));

    private static XElement Cell<T>(Column<T> column, T row, bool first) =>
        first ? Tag("th", With("scope", "row"), column.Cell(row))
        : column.Bar is { } bar ? Tag($"td.{column.Kind}.bar", Length(bar(row)), column.Cell(row))
        : Tag($"td.{column.Kind}", column.Cell(row));

    /// <summary>A share as the style property that bars and shades go by.</summary>
    public static XAttribute Length(double share) =>
        With("style", $"--v: {Number.Coordinate(100 * Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1))}%");
}
