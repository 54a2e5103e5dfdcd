using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IoMTAD.Api.Security;

namespace IoMTAD.Local.Tests.Api;

/// <summary>A request, and how it is sent again.</summary>
internal sealed record FuzzedRequest(string Method, string Path, string? Body, string? IfMatch, string? Key)
{
    public bool IsKeyed => Key is not null;

    public HttpRequestMessage ToMessage()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(Path, UriKind.Relative));
        if (Body is not null) request.Content = new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (IfMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", IfMatch);
        if (Key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return request;
    }
}

/// <summary>Makes requests from an OpenAPI document: mostly of the described form, often wrong in one part, sometimes in all.</summary>
internal sealed class RequestFuzz
{
    private static readonly string[] Texts =
    [
        "i1", "i7", "pump-01", "icu-1", "s1", "", " ", "0", "-1", "1e308", "NaN", "..", "../secret.txt", "..\\..\\secret.txt",
        "/etc/passwd", "%00", "\u0000", "a'b",
        "'; DROP TABLE events; --", "\" OR 1=1", "<script>alert(1)</script>", "😀", "\ud800", "Ā́",
        new string('x', 3000), "*", "%", "_", "null", "true", "{}", "[]",
        "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "2026-01-31T12:00:00Z", "-999999999999999999999",
        "AAAA", "MTIzNA==", "file", "High", "Behaviour", "Mute",
    ];

    private readonly Random random;
    private readonly JsonElement document;
    private readonly List<(string Method, string Path, JsonElement Operation)> operations;

    public RequestFuzz(JsonElement document, Random random)
    {
        (this.document, this.random) = (document, random);
        operations = [.. document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (o.Name.ToUpperInvariant(), p.Name, o.Value)))];
    }

    /// <param name="keys">Null for a request without one.</param>
    public FuzzedRequest Next(IReadOnlyDictionary<Role, string>? keys)
    {
        var (method, path, operation) = operations[random.Next(operations.Count)];
        var query = new List<string>();
        if (operation.TryGetProperty("parameters", out var parameters))
            foreach (var parameter in parameters.EnumerateArray())
            {
                var name = parameter.GetProperty("name").GetString()!;
                var value = Text(parameter.GetProperty("schema"));
                if (parameter.GetProperty("in").GetString() == "path") path = path.Replace($"{{{name}}}", Escape(value), StringComparison.Ordinal);
                else if (random.Next(3) == 0) query.Add($"{name}={Escape(value)}");
            }
        string? body = null;
        if (operation.TryGetProperty("requestBody", out var request))
            body = random.Next(10) == 0 ? Texts[random.Next(Texts.Length)]
                : Value(request.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema"), 0)?.ToJsonString() ?? "null";
        else if (method != "GET") body = "{}";
        var key = keys is null ? null : keys[(Role)random.Next(4)];
        var ifMatch = random.Next(4) == 0 ? $"\"{random.Next(6)}\"" : random.Next(10) == 0 ? Texts[random.Next(12)] : null;
        return new(random.Next(30) == 0 ? "PUT" : method, query.Count == 0 ? path : $"{path}?{string.Join('&', query)}",
            body, ifMatch?.Replace("\u0000", "", StringComparison.Ordinal), key);
    }

    private string Escape(string text) => random.Next(8) == 0 && text.All(c => c is > ' ' and < '\u007f' and not ('#' or '?' or '%'))
        ? text
        : Uri.EscapeDataString(text.Replace("\ud800", "", StringComparison.Ordinal));

    /// <summary>A value of the schema as it stands in a path or query, or any text.</summary>
    private string Text(JsonElement schema) => random.Next(3) == 0 ? Texts[random.Next(Texts.Length)] : Value(schema, 0) switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        { } node => node.ToJsonString(),
    };

    private JsonNode? Value(JsonElement schema, int depth)
    {
        // Wrong in this part.
        if (random.Next(12) == 0)
            return random.Next(4) switch
            {
                0 => null,
                1 => JsonValue.Create(Texts[random.Next(Texts.Length)].Replace("\ud800", "", StringComparison.Ordinal)),
                2 => new JsonArray(1, "x"),
                _ => JsonValue.Create(random.Next()),
            };
        if (schema.TryGetProperty("$ref", out var reference)) return Value(Resolve(reference.GetString()!), depth);
        if (schema.TryGetProperty("oneOf", out var options))
            return Value(options[random.Next(options.GetArrayLength())], depth);
        if (schema.TryGetProperty("enum", out var names))
            return JsonValue.Create(names[random.Next(names.GetArrayLength())].GetString());
        return TypeOf(schema) switch
        {
            "object" when depth < 4 => Object(schema, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(3))
                .Select(_ => schema.TryGetProperty("items", out var items) ? Value(items, depth + 1) : null)]),
            "integer" => JsonValue.Create(random.Next(5) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-2, 300)),
            "number" => JsonValue.Create(random.Next(5) == 0 ? 1e300 * (random.NextDouble() - 0.5) : Math.Round(random.NextDouble() * 300, 3)),
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            "string" when schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" =>
                JsonValue.Create(DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(0, 4_000_000_000)).ToString("O", CultureInfo.InvariantCulture)),
            "string" => JsonValue.Create(Texts[random.Next(Texts.Length)].Replace("\ud800", "", StringComparison.Ordinal)),
            _ => null,
        };
    }

    private JsonObject Object(JsonElement schema, int depth)
    {
        var result = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                if (random.Next(5) > 0) result[property.Name] = Value(property.Value, depth + 1);
        return result;
    }

    private string? TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type)) return schema.TryGetProperty("properties", out _) ? "object" : null;
        return type.ValueKind == JsonValueKind.Array ? type[random.Next(type.GetArrayLength())].GetString() : type.GetString();
    }

    private JsonElement Resolve(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (element, name) => element.GetProperty(name));
}
