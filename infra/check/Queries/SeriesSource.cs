using System.Text.Json;

namespace IoMTAD.Infra.Queries;

/// <summary>InfluxQL by <c>/query</c>, which InfluxDB 1, 2 and 3 all have.</summary>
/// <param name="client">With the address of the database, and its token where it wants one.</param>
public sealed class SeriesSource(string uid, HttpClient client, string database) : IQuerySource
{
    public string Uid => uid;

    public string DefaultFormat => "regex";

    public async Task<QueryAnswer> RunAsync(string text, string format, TimeWindow window, CancellationToken cancellation)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["db"] = database, ["epoch"] = "ms", ["q"] = Expand(text, window) });
        using var answer = await client.PostAsync(new Uri("query", UriKind.Relative), content, cancellation);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        if (ErrorOf(json.RootElement) is { } error) throw new QueryException(error);
        List<string> columns = [];
        List<IReadOnlyList<string?>> rows = [];
        foreach (var result in json.RootElement.GetProperty("results").EnumerateArray())
        {
            if (ErrorOf(result) is { } fault) throw new QueryException(fault);
            if (!result.TryGetProperty("series", out var series)) continue;
            foreach (var one in series.EnumerateArray())
            {
                columns = [.. one.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)];
                rows.AddRange(one.GetProperty("values").EnumerateArray().Select(row => row.EnumerateArray().Select(Text).ToList()));
            }
        }
        return new QueryAnswer(columns, rows);
    }

    private static string Expand(string text, TimeWindow window) => text
        .Replace("$timeFilter",
            $"time >= {window.From.ToUnixTimeMilliseconds()}ms and time <= {window.To.ToUnixTimeMilliseconds()}ms", StringComparison.Ordinal)
        .Replace("$interval", TimeWindow.Write(window.Interval), StringComparison.Ordinal);

    private static string? ErrorOf(JsonElement element) => element.TryGetProperty("error", out var error) ? error.GetString() : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.ToString();
}
