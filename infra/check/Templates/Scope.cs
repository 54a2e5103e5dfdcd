using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IoMTAD.Infra.Templates;

/// <summary>A template with what it was given: works out as much of an expression as can be known before a deployment.</summary>
/// <param name="given">Its parameters, each with a <c>value</c>; null for the outermost.</param>
internal sealed class Scope(JsonObject template, JsonObject? given = null, Scope? outer = null)
{
    private const string Deployment = "Microsoft.Resources/deployments";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, JsonNode?> modules = new(StringComparer.Ordinal);

    /// <summary>Which copy of a resource is looked at; null outside a loop.</summary>
    public int? Copy { get; set; }

    /// <summary>What a module sees; null where a resource is none.</summary>
    public Scope? Module(JsonNode? resource) => Text(resource?["type"]) == Deployment && resource?["properties"]?["template"] is JsonObject inner
        ? new(inner, resource["properties"]?["parameters"] as JsonObject ?? [], this) : null;

    public JsonObject Template => template;

    /// <summary>What stays unknown is left as an expression, its known parts put in. A secure parameter is always unknown.</summary>
    public JsonNode? Evaluate(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Evaluate(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Evaluate)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('[') && !text.StartsWith("[[", StringComparison.Ordinal) && text.EndsWith(']') =>
            Evaluate(Expression.Parse(text[1..^1]), []),
        _ => node?.DeepClone(),
    };

    /// <summary>The text; for an object or array its JSON.</summary>
    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString(Plain) ?? "null";

    private JsonNode? Evaluate(Expression expression, Dictionary<string, JsonNode?> local) => expression switch
    {
        Literal { Value: string text } => JsonValue.Create(text),
        Literal { Value: long number } => JsonValue.Create(number),
        Member { Of: var of, Key: var key } => Part(Evaluate(of, local), Evaluate(key, local)),
        Call call => Called(call, [.. call.Arguments.Select(a => Evaluate(a, local))], local),
        _ => null,
    };

    private static JsonNode? Part(JsonNode? of, JsonNode? key) => of switch
    {
        JsonObject map when map.TryGetPropertyValue(Text(key), out var value) => value?.DeepClone(),
        JsonArray list when key is JsonValue index && index.TryGetValue<long>(out var i) && i < list.Count => list[(int)i]?.DeepClone(),
        _ => Unknown($"{Inner(of)}.{Inner(key)}"),
    };

    private JsonNode? Called(Call call, JsonNode?[] arguments, Dictionary<string, JsonNode?> local)
    {
        switch (call.Name)
        {
            case "parameters" when local.TryGetValue(Text(arguments[0]), out var value): return value?.DeepClone();
            case "parameters": return Parameter(Text(arguments[0])) ?? Unknown($"parameters('{Text(arguments[0])}')");
            case "variables" when template["variables"] is JsonObject all && all[Text(arguments[0])] is { } variable: return Evaluate(variable);
            case "null": return null;
            case "true" or "false": return JsonValue.Create(call.Name == "true");
            case "createObject" when arguments.Length % 2 == 0:
                return new JsonObject(arguments.Chunk(2).Select(pair => KeyValuePair.Create(Text(pair[0]), pair[1])));
            case "createArray": return new JsonArray(arguments);
            // What whoever deploys adds by a parameter is left out.
            case "union" when arguments.Any(a => a is JsonObject): return Merge(arguments.Where(a => a is JsonObject));
            case "length" when arguments[0] is JsonArray items: return JsonValue.Create((long)items.Count);
            case "copyIndex" when Copy is { } copy: return JsonValue.Create((long)copy);
            case "reference" when Outputs(Text(arguments[0])) is { } outputs: return outputs;
            case "shallowMerge" when arguments[0] is JsonArray parts && parts.All(p => p is JsonObject): return Merge(parts);
            // Either may come true: a setting counts as set, a secret as written.
            case "if" when arguments[1] is (JsonObject or JsonArray) && arguments[2] is (JsonObject or JsonArray): return Both(arguments[1]!, arguments[2]!);
            case "concat" when arguments.All(a => a is JsonArray): return new JsonArray([.. arguments.SelectMany(a => (JsonArray)a!).Select(i => i?.DeepClone())]);
            case "format": return JsonValue.Create(Format(Text(arguments[0]), arguments[1..]));
            case "toLower": return JsonValue.Create(Text(arguments[0]).ToLowerInvariant());
        }
        if (call.Name.StartsWith("__bicep.", StringComparison.Ordinal) && Function(call.Name[8..]) is { } function)
        {
            var names = function["parameters"]?.AsArray().Select(p => Text(p?["name"])) ?? [];
            var text = Text(function["output"]?["value"]);
            return text.StartsWith('[') ? Evaluate(Expression.Parse(text[1..^1]), names.Zip(arguments).ToDictionary(p => p.First, p => p.Second)) : JsonValue.Create(text);
        }
        return Unknown($"{call.Name}({string.Join(", ", arguments.Select(Inner))})");
    }

    private JsonNode? Parameter(string name)
    {
        var declared = template["parameters"]?[name];
        if (Text(declared?["type"]).StartsWith("secure", StringComparison.OrdinalIgnoreCase)) return Unknown($"secureParameter('{name}')");
        if (given?[name] is JsonObject passed) return passed.ContainsKey("reference") ? Unknown("secretReference()") : outer!.Evaluate(passed["value"]);
        return declared?["defaultValue"] is { } usual ? Evaluate(usual) : null;
    }

    // Of a module, by its symbolic name.
    private JsonNode? Outputs(string name)
    {
        if (modules.TryGetValue(name, out var known)) return known?.DeepClone();
        var module = Module((template["resources"] as JsonObject)?[name]);
        var outputs = module is null ? null : new JsonObject { ["outputs"] = module.Evaluate(module.Template["outputs"]) };
        modules[name] = outputs;
        return outputs?.DeepClone();
    }

    private JsonObject? Function(string name) =>
        template["functions"]?.AsArray().Select(f => f?["members"]?[name] as JsonObject).FirstOrDefault(f => f is not null);

    private static JsonObject Merge(IEnumerable<JsonNode?> parts)
    {
        var merged = new JsonObject();
        foreach (var (key, value) in parts.SelectMany(p => (JsonObject)p!)) merged[key] = value?.DeepClone();
        return merged;
    }

    private static JsonNode Both(JsonNode a, JsonNode b) => (a, b) switch
    {
        (JsonArray first, JsonArray second) => new JsonArray([.. first.Concat(second).Select(i => i?.DeepClone())]),
        (JsonObject first, JsonObject second) => Merge([second, first]),
        _ => a is JsonArray { Count: 0 } or JsonObject { Count: 0 } ? b : a,
    };

    private static string Format(string form, JsonNode?[] parts)
    {
        for (var i = 0; i < parts.Length; i++) form = form.Replace($"{{{i}}}", Text(parts[i]), StringComparison.Ordinal);
        return form;
    }

    private static JsonValue Unknown(string text) => JsonValue.Create($"[{text}]");

    private static string Inner(JsonNode? node) => Text(node) is ['[', .. var inner, ']'] ? inner : $"'{Text(node)}'";
}
