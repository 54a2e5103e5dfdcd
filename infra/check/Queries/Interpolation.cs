using System.Globalization;
using System.Text.RegularExpressions;

namespace IoMTAD.Infra.Queries;

/// <summary>Puts the values of variables where a query names them, as the browser does before a data source sees it.</summary>
/// <param name="defaultFormat">Of several values where the query names no format: the data source's own.</param>
public sealed partial class Interpolation(IReadOnlyDictionary<string, DashboardVariable> variables, TimeWindow window, string defaultFormat)
{
    /// <exception cref="FormatException">It names a variable that is not there, or a format that is not known.</exception>
    public string Of(string query) => Reference().Replace(query, match =>
    {
        var name = match.Groups["plain"].Value + match.Groups["braced"].Value + match.Groups["old"].Value;
        if (BuiltIn(name) is { } value) return value;
        if (variables.GetValueOrDefault(name) is { } variable)
            return variable.Write(match.Groups["format"] is { Success: true } format ? format.Value : variable.IsMulti ? defaultFormat : "raw");
        // What is left is the data source's: macros of SQL, the time of InfluxQL.
        if (name.StartsWith("__", StringComparison.Ordinal) || name is "timeFilter" or "interval") return match.Value;
        throw new FormatException($"there is no variable ${name}");
    });

    private string? BuiltIn(string name) => name switch
    {
        "__interval" => TimeWindow.Write(window.Interval),
        "__interval_ms" => Text((long)window.Interval.TotalMilliseconds),
        "__from" => Text(window.From.ToUnixTimeMilliseconds()),
        "__to" => Text(window.To.ToUnixTimeMilliseconds()),
        _ => null,
    };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$(?<plain>\w+)|\$\{(?<braced>\w+)(?::(?<format>\w+))?\}|\[\[(?<old>\w+)(?::(?<format>\w+))?\]\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
