using System.Globalization;
using System.Text.RegularExpressions;

namespace IoMTAD.Infra.Queries;

/// <summary>The macros of Grafana's PostgreSQL data source, as the server writes them out. Like there, an argument holds no closing parenthesis.</summary>
public static partial class SqlMacros
{
    /// <exception cref="FormatException">A macro is not known, or lacks an argument.</exception>
    public static string Expand(string sql, TimeWindow window)
    {
        return Macro().Replace(sql, match =>
        {
            var (name, arguments) = (match.Groups["name"].Value, match.Groups["arguments"].Value.Split(',', StringSplitOptions.TrimEntries));
            return name switch
            {
                "__time" => $"{First()} AS \"time\"",
                "__timeEpoch" => $"extract(epoch from {First()}) as \"time\"",
                "__timeFilter" => $"{First()} BETWEEN {Time(window.From)} AND {Time(window.To)}",
                "__timeFrom" => Time(window.From),
                "__timeTo" => Time(window.To),
                "__timeGroup" => $"floor(extract(epoch from {First()})/{Seconds()})*{Seconds()}",
                "__timeGroupAlias" => $"floor(extract(epoch from {First()})/{Seconds()})*{Seconds()} AS \"time\"",
                "__unixEpochFilter" => $"{First()} >= {window.From.ToUnixTimeSeconds()} AND {First()} <= {window.To.ToUnixTimeSeconds()}",
                "__unixEpochFrom" => Text(window.From.ToUnixTimeSeconds()),
                "__unixEpochTo" => Text(window.To.ToUnixTimeSeconds()),
                "__unixEpochNanoFilter" => $"{First()} >= {Nanoseconds(window.From)} AND {First()} <= {Nanoseconds(window.To)}",
                "__unixEpochNanoFrom" => Nanoseconds(window.From),
                "__unixEpochNanoTo" => Nanoseconds(window.To),
                "__unixEpochGroup" => $"floor(({First()})/{Seconds()})*{Seconds()}",
                "__unixEpochGroupAlias" => $"floor(({First()})/{Seconds()})*{Seconds()} AS \"time\"",
                _ => throw new FormatException($"there is no macro ${name}"),
            };

            string First() => arguments[0].Length > 0 ? arguments[0] : throw new FormatException($"the macro ${name} needs a column");
            string Seconds() => arguments.Length > 1
                ? Text((long)TimeWindow.Read(arguments[1].Trim('\'', '"')).TotalSeconds) : throw new FormatException($"the macro ${name} needs an interval");
        });
    }

    private static string Time(DateTimeOffset at) => $"'{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}'";

    private static string Nanoseconds(DateTimeOffset at) => $"{Text(at.ToUnixTimeMilliseconds())}000000";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$(?<name>__[_a-zA-Z0-9]+)\((?<arguments>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Macro();
}
