using System.Text.Json.Nodes;

namespace IoMTAD.Infra.Templates;

/// <summary>A resource of a template or of one nested in it, its expressions worked out as far as they can be.</summary>
internal sealed record Resource(string Type, string ApiVersion, JsonObject Body)
{
    public string Name => Scope.Text(Body["name"]);

    public JsonObject? Tags => Body["tags"] as JsonObject;
}

/// <param name="IsOutermost">Of main.bicep: azd writes it into a file.</param>
internal sealed record Output(string Name, string Type, string Value, bool IsOutermost);

/// <summary>Everything that a compiled main.bicep would deploy.</summary>
internal sealed class Template
{
    private readonly JsonObject? definitions;
    private readonly List<Resource> resources = [];
    private readonly List<Output> outputs = [];

    public Template(JsonObject root)
    {
        Parameters = root["parameters"] as JsonObject ?? [];
        definitions = root["definitions"] as JsonObject;
        Walk(root, new Scope(root), isOutermost: true);
    }

    /// <summary>Of main.bicep.</summary>
    public JsonObject Parameters { get; }

    public IReadOnlyList<Resource> Resources => resources;

    public IReadOnlyList<Output> Outputs => outputs;

    /// <summary>What a parameter may be; null where that is not bounded.</summary>
    public JsonArray? Allowed(JsonObject parameter) => (parameter["allowedValues"]
        ?? (Scope.Text(parameter["$ref"]).Split('/') is [.., var name] ? definitions?[name]?["allowedValues"] : null)) as JsonArray;

    public IEnumerable<Resource> Of(string type) => resources.Where(r => r.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    private void Walk(JsonObject template, Scope scope, bool isOutermost)
    {
        foreach (var (name, output) in template["outputs"] as JsonObject ?? [])
            outputs.Add(new(name, Scope.Text(output?["type"]), Scope.Text(scope.Evaluate(output?["value"])), isOutermost));
        foreach (var resource in Declared(template))
        {
            // 'existing' resources are looked up, not deployed.
            if (resource["existing"] is JsonValue existing && existing.GetValue<bool>()) continue;
            if (scope.Module(resource) is { } module) Walk(module.Template, module, isOutermost: false);
            else foreach (var copy in Copies(resource, scope)) resources.Add(new(Scope.Text(copy["type"]), Scope.Text(copy["apiVersion"]), copy));
        }
    }

    // A loop over what is known here gives each of its resources, any other one.
    private static IEnumerable<JsonObject> Copies(JsonObject resource, Scope scope)
    {
        var count = scope.Evaluate(resource["copy"]?["count"]) is JsonValue value && value.TryGetValue<long>(out var known) ? (int)known : (int?)null;
        for (var i = 0; i < (count ?? 1); i++)
        {
            scope.Copy = count is null ? null : i;
            yield return (JsonObject)scope.Evaluate(resource)!;
        }
        scope.Copy = null;
    }

    // A list, or an object by symbolic names.
    private static IEnumerable<JsonObject> Declared(JsonObject template) => template["resources"] switch
    {
        JsonArray list => list.OfType<JsonObject>(),
        JsonObject map => map.Select(r => r.Value).OfType<JsonObject>(),
        _ => [],
    };
}
