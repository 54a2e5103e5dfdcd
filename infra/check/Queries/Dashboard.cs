using System.Text.Json;

namespace IoMTAD.Infra.Queries;

/// <summary>A dashboard's file: its panels' and annotations' queries, and its variables.</summary>
public sealed class Dashboard
{
    private readonly JsonElement root;

    private Dashboard(string file, JsonElement root) => (File, this.root) = (file, root);

    public string File { get; }

    public string Uid => Text(root, "uid") ?? "";

    /// <summary>Of panels and annotations, in the order of the file.</summary>
    public IEnumerable<DashboardQuery> Queries => Panels.SelectMany(OfPanel).Concat(Annotations);

    /// <summary>Panels, those within rows too.</summary>
    public IEnumerable<JsonElement> Panels => List(root, "panels").SelectMany(p => List(p, "panels").Prepend(p)).Where(p => Text(p, "type") != "row");

    public IEnumerable<JsonElement> Variables => root.TryGetProperty("templating", out var templating) ? List(templating, "list") : [];

    private IEnumerable<DashboardQuery> Annotations => (root.TryGetProperty("annotations", out var annotations) ? List(annotations, "list") : [])
        .Where(a => a.TryGetProperty("target", out _))
        .Select(a => Of(a.GetProperty("target"), $"annotation '{Text(a, "name")}'", UidOf(a), null));

    /// <param name="file">Named in faults.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Dashboard Parse(string file, string json)
    {
        using var document = JsonDocument.Parse(json);
        return new Dashboard(file, document.RootElement.Clone());
    }

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>Of the data source that it names; null where it names none.</summary>
    public static string? UidOf(JsonElement element) => element.TryGetProperty("datasource", out var source) ? Text(source, "uid") : null;

    private IEnumerable<DashboardQuery> OfPanel(JsonElement panel) => List(panel, "targets")
        .Select(target => Of(target, $"panel '{Text(panel, "title")}' {Text(target, "refId")}", UidOf(panel), Text(panel, "interval")));

    private DashboardQuery Of(JsonElement target, string place, string? source, string? interval) => new(File, place, UidOf(target) ?? source ?? "",
        Text(target, "rawSql") ?? Text(target, "query") ?? "", Text(target, "format") ?? "time_series", interval);
}
