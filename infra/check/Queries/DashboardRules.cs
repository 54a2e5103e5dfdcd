using System.Text.Json;
using System.Text.RegularExpressions;

namespace IoMTAD.Infra.Queries;

/// <summary>What can be said of dashboards without a database: each panel says what it shows and in what unit, and whatever is named is there.</summary>
public static partial class DashboardRules
{
    /// <param name="sources">Uids of the data sources that are provisioned.</param>
    public static IReadOnlyList<QueryFault> Check(IReadOnlyList<Dashboard> dashboards, IReadOnlyCollection<string> sources)
    {
        List<QueryFault> faults = [];
        var uids = dashboards.Select(d => d.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var dashboard in dashboards)
        {
            if (Path.GetFileNameWithoutExtension(dashboard.File) != dashboard.Uid)
                Add(dashboard, "dashboard", $"its uid '{dashboard.Uid}' is not the file's name");
            foreach (var panel in dashboard.Panels)
                foreach (var fault in OfPanel(panel)) Add(dashboard, $"panel '{Dashboard.Text(panel, "title")}'", fault);
            foreach (var (first, second) in Overlaps([.. dashboard.Panels])) Add(dashboard, $"panel '{first}'", $"lies over '{second}'");
            foreach (var id in dashboard.Panels.CountBy(p => p.GetProperty("id").GetInt32()).Where(c => c.Value > 1))
                Add(dashboard, "dashboard", $"{id.Value} panels have the id {id.Key}");
            foreach (var query in dashboard.Queries.Where(q => !sources.Contains(q.Source)))
                Add(dashboard, query.Place, $"there is no data source '{query.Source}'");
            foreach (Match link in dashboard.Panels.SelectMany(p => Link().Matches(p.GetRawText())))
                if (!uids.Contains(link.Groups["uid"].Value)) Add(dashboard, "links", $"there is no dashboard '{link.Groups["uid"].Value}'");
        }
        return faults;

        void Add(Dashboard of, string place, string fault) => faults.Add(new(of.File, place, fault, IsEmpty: false));
    }

    private static IEnumerable<string> OfPanel(JsonElement panel)
    {
        if (Dashboard.Text(panel, "title") is not { Length: > 0 }) yield return "has no title";
        if (Dashboard.Text(panel, "description") is not { Length: > 0 }) yield return "does not say what it shows";
        if (!panel.GetProperty("fieldConfig").GetProperty("defaults").TryGetProperty("unit", out _)) yield return "has no unit";
        if (!Dashboard.List(panel, "targets").Any()) yield return "asks nothing";
    }

    private static IEnumerable<(string? First, string? Second)> Overlaps(List<JsonElement> panels) =>
        from i in Enumerable.Range(0, panels.Count)
        from j in Enumerable.Range(i + 1, panels.Count - i - 1)
        let a = Place(panels[i])
        let b = Place(panels[j])
        where a.X < b.X + b.W && b.X < a.X + a.W && a.Y < b.Y + b.H && b.Y < a.Y + a.H
        select (Dashboard.Text(panels[i], "title"), Dashboard.Text(panels[j], "title"));

    private static (int X, int Y, int W, int H) Place(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        return (Of("x"), Of("y"), Of("w"), Of("h"));

        int Of(string name) => place.GetProperty(name).GetInt32();
    }

    [GeneratedRegex("\"/d/(?<uid>[^?/\"]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
