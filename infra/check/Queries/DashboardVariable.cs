namespace IoMTAD.Infra.Queries;

/// <summary>A variable of a dashboard, with what is chosen: a text, or several.</summary>
/// <param name="Values">One where it is none to choose several of.</param>
/// <param name="IsMulti">Several may be chosen, or all.</param>
public sealed record DashboardVariable(string Name, IReadOnlyList<string> Values, bool IsMulti)
{
    /// <summary>Stands for all choices as it is, unformatted; null where the choices themselves do.</summary>
    public string? All { get; init; }

    /// <param name="format">As after the colon in <c>${ward:regex}</c>; null where none is named, and the data source chooses.</param>
    /// <exception cref="FormatException">The format is none of those known here.</exception>
    public string Write(string? format) => All ?? format switch
    {
        "sqlstring" or "singlequote" => List(v => $"'{v.Replace("'", format == "sqlstring" ? "''" : "\\'", StringComparison.Ordinal)}'", ","),
        "doublequote" => List(v => $"\"{v.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", ","),
        "regex" => Values.Count == 1 ? Escape(Values[0]) : $"({List(Escape, "|")})",
        "csv" or "raw" => List(v => v, ","),
        "pipe" => List(v => v, "|"),
        _ => throw new FormatException($"the format '{format}' of ${Name} is not known"),
    };

    private string List(Func<string, string> write, string separator) => string.Join(separator, Values.Select(write));

    private static string Escape(string value) =>
        string.Concat(value.Select(c => @"\^$*+?.()|[]{}/".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));
}
