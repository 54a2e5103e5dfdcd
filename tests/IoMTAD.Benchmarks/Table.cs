using System.Globalization;

namespace IoMTAD.Benchmarks;

/// <param name="Goal">What the design asks for at least (for times and memory: at most); null where it asks for nothing.</param>
/// <param name="Baseline">The same measured for <paramref name="Against"/>; null where there is nothing to compare with.</param>
internal sealed record Row(
    string Stage, string Workload, string Unit, Sample Sample, double? Goal = null, double? Baseline = null, string Against = "")
{
    public bool LessIsBetter { get; init; }
}

/// <summary>The result as a Markdown table, which reads well in a terminal too.</summary>
internal static class Table
{
    private static readonly string[] Head =
        ["stage", "workload", "unit", "median", "min – max", "goal", "reached", "of the baseline", "B/packet"];

    public static void Print(IEnumerable<Row> rows)
    {
        string[][] lines = [Head, .. rows.Select(Cells)];
        var widths = Head.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            Console.WriteLine($"| {string.Join(" | ", lines[i].Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (i == 0) Console.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        }
    }

    private static string[] Cells(Row row) =>
    [
        row.Stage, row.Workload, row.Unit, Text(row.Sample.Median), $"{Text(row.Sample.Low)} – {Text(row.Sample.High)}",
        row.Goal is { } goal ? $"{(row.LessIsBetter ? "≤" : "≥")} {Text(goal)}" : "",
        row.Goal is { } wanted ? (row.LessIsBetter ? row.Sample.Median <= wanted : row.Sample.Median >= wanted) ? "yes" : "no" : "",
        row.Baseline is { } baseline ? $"{Text(100 * row.Sample.Median / baseline)} % of {row.Against}" : "",
        double.IsNaN(row.Sample.AllocatedPerItem) ? "" : row.Sample.AllocatedPerItem.ToString("0.##", CultureInfo.InvariantCulture),
    ];

    private static string Text(double value)
    {
        var (scaled, suffix) = value switch
        {
            >= 1e9 => (value / 1e9, " G"),
            >= 1e6 => (value / 1e6, " M"),
            >= 1e4 => (value / 1e3, " k"),
            _ => (value, ""),
        };
        return scaled.ToString(scaled switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture) + suffix;
    }
}
