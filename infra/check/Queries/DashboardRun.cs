using System.Text.Json;

namespace IoMTAD.Infra.Queries;

/// <summary>Runs all queries of a dashboard as it shows itself when it is opened, and says which give nothing to show.</summary>
/// <param name="window">What it shows; its interval is each panel's own.</param>
public sealed class DashboardRun(Dashboard dashboard, IReadOnlyList<IQuerySource> sources, TimeWindow window)
{
    private readonly Dictionary<string, DashboardVariable> variables = [];
    private readonly List<QueryFault> faults = [];

    /// <param name="chosen">Values of variables other than those that the file has chosen.</param>
    /// <returns>In the order of the file; none where every panel, variable and annotation has something to show.</returns>
    public async Task<IReadOnlyList<QueryFault>> RunAsync(IReadOnlyDictionary<string, string>? chosen, CancellationToken cancellation)
    {
        faults.Clear();
        foreach (var variable in dashboard.Variables) await ResolveAsync(variable, chosen, cancellation);
        foreach (var query in dashboard.Queries) await AnswerAsync(query, cancellation);
        return [.. faults];
    }

    private async Task ResolveAsync(JsonElement variable, IReadOnlyDictionary<string, string>? chosen, CancellationToken cancellation)
    {
        var (name, type) = (Dashboard.Text(variable, "name")!, Dashboard.Text(variable, "type"));
        var isMulti = IsTrue(variable, "multi") || IsTrue(variable, "includeAll");
        var written = Dashboard.Text(variable, "query") ?? "";
        IReadOnlyList<string> values = type switch
        {
            "query" => await AnswerAsync(new(dashboard.File, $"variable '{name}'", Dashboard.UidOf(variable) ?? "", written, "table", null), cancellation)
                is { } answer ? [.. answer.Rows.Select(r => r[0] ?? "")] : [],
            "textbox" or "constant" => [written],
            "custom" => written.Split(',', StringSplitOptions.TrimEntries),
            _ => Unknown(name, type),
        };
        if (chosen?.GetValueOrDefault(name) is { } value) variables[name] = new(name, [value], isMulti);
        else variables[name] = new(name, isMulti ? values : [.. values.Take(1)], isMulti) { All = isMulti ? Dashboard.Text(variable, "allValue") : null };
    }

    private async Task<QueryAnswer?> AnswerAsync(DashboardQuery query, CancellationToken cancellation)
    {
        try
        {
            var source = sources.FirstOrDefault(s => s.Uid == query.Source) ?? throw new QueryException($"there is no data source '{query.Source}'");
            var own = window.ForPanel(query.Interval);
            var answer = await source.RunAsync(new Interpolation(variables, own, source.DefaultFormat).Of(query.Text), query.Format, own, cancellation);
            if (!answer.HasValues) faults.Add(new(query.File, query.Place, "gives nothing to show", IsEmpty: true));
            return answer;
        }
        catch (Exception e) when (e is QueryException or FormatException)
        {
            faults.Add(new(query.File, query.Place, e.Message, IsEmpty: false));
            return null;
        }
    }

    private string[] Unknown(string name, string? type)
    {
        faults.Add(new(dashboard.File, $"variable '{name}'", $"the type '{type}' is not known here", IsEmpty: false));
        return [];
    }

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
