using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using IoMTAD.Infra.Reading;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Shapes;

/// <summary>Holds a document against a .NET type: no key that the type lacks, all that it requires, and each value of its kind.</summary>
/// <remarks>Keys are the properties' JSON names, else their names in camel case; <see cref="object"/> takes anything.</remarks>
/// <param name="isWhole">Else it is a patch, which may lack anything.</param>
internal sealed class Shape(Document document, Report report, bool isWhole)
{
    private const string Or = "', '";

    public static void Hold<T>(Document document, Report report) => Hold(document, typeof(T), report, isWhole: true);

    public static void Hold(Document document, Type type, Report report, bool isWhole) =>
        new Shape(document, report, isWhole).Value(document.Root, type, "");

    /// <summary>Whether the type has something at a path of keys, without regard to case.</summary>
    public static bool HasPath(Type type, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || type == typeof(object)) return true;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (NameOf(property).Equals(path[0], StringComparison.OrdinalIgnoreCase))
                return Items(property.PropertyType, typeof(IDictionary<,>)) is [_, var values] ? path.Length < 2 || HasPath(values, path[2..]) : HasPath(property.PropertyType, path[1..]);
        return false;
    }

    private void Value(YamlNode node, Type declared, string path)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(object)) return;
        if (Items(type, typeof(IDictionary<,>)) is [_, var values])
            foreach (var (key, value) in Mapping(node, path)) Value(value, values, $"{path}.{key.Value}");
        else if (type != typeof(string) && type != typeof(byte[]) && Items(type, typeof(IEnumerable<>)) is [var element])
            foreach (var (i, item) in Sequence(node, path).Index()) Value(item, element, $"{path}[{i}]");
        else if (IsScalar(type)) Scalar(node, type, path);
        else Members(node, type, path);
    }

    private void Members(YamlNode node, Type type, string path)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(NameOf, StringComparer.Ordinal);
        var given = Mapping(node, path).ToList();
        foreach (var (key, value) in given)
            if (known.TryGetValue(key.Value ?? "", out var property)) Value(value, property.PropertyType, $"{path}.{key.Value}");
            else if (isWhole || key.Value != "$patch") Add(key, $"'{Shown(path, key.Value)}' is unknown", Spelling.Advice(key.Value ?? "", known.Keys));
        // What is unknown may be what is missing, misspelt: that has been said.
        if (node is not YamlMappingNode || !isWhole || given.Any(g => !known.ContainsKey(g.Key.Value ?? ""))) return;
        foreach (var (name, property) in known)
            if (property.IsDefined(typeof(RequiredMemberAttribute)) && given.All(g => g.Key.Value != name)) Add(node, $"'{Shown(path, name)}' is missing", "give it");
    }

    private void Scalar(YamlNode node, Type type, string path)
    {
        var at = Shown(path);
        if (node is not YamlScalarNode { Value: { } text } scalar) Add(node, $"'{at}' is no single value", "write one text or number");
        else if (type.IsEnum)
        {
            if (!Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase))
                Add(node, $"'{at}' is '{text}'", $"write one of '{string.Join(Or, Enum.GetNames(type))}'");
        }
        else if (type == typeof(string) || type == typeof(byte[]))
        {
            if (scalar.IsPlain() && IsNoText(text)) Add(node, $"'{at}' must be text, and {(text.Length == 0 ? "is empty" : text + " is none")}", "put it in quotes");
        }
        else if (type == typeof(bool) && !(scalar.IsPlain() && text is "true" or "false")) Add(node, $"'{at}' is '{text}'", "write true or false, without quotes");
        else if (IsNumber(type) && !(scalar.IsPlain() && double.TryParse(text, CultureInfo.InvariantCulture, out _)))
            Add(node, $"'{at}' is '{text}', and must be a number", "write a number, without quotes");
        else if (type == typeof(ResourceQuantity) && !Quantity.IsOne(text))
            Add(node, $"'{at}' is '{text}', which is no quantity", "write for example 250m or 256Mi");
    }

    private IEnumerable<(YamlScalarNode Key, YamlNode Value)> Mapping(YamlNode node, string path)
    {
        if (node is YamlMappingNode) return node.Entries();
        if (!IsEmpty(node)) Add(node, $"'{Shown(path)}' holds no keys", "write keys and values");
        return [];
    }

    private IEnumerable<YamlNode> Sequence(YamlNode node, string path)
    {
        if (node is YamlSequenceNode) return node.Items();
        if (!IsEmpty(node)) Add(node, $"'{Shown(path)}' is no list", "write a list");
        return [];
    }

    private void Add(YamlNode node, string fault, string remedy) => report.Add(document.At(node), fault, remedy);

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Value: null or "" or "~" or "null" };

    // What YAML 1.1, which Kubernetes reads, takes for something else than text.
    private static bool IsNoText(string text) =>
        text is "" or "~" or "null" or "true" or "false" or "yes" or "no" or "on" or "off" || double.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static bool IsScalar(Type type) => type == typeof(string) || type == typeof(byte[]) || type == typeof(DateTime) || type == typeof(bool) || type.IsEnum
        || IsNumber(type) || type == typeof(IntOrString) || type == typeof(ResourceQuantity);

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(double);

    private static Type[]? Items(Type type, Type generic) =>
        type.GetInterfaces().Append(type).FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == generic)?.GetGenericArguments();

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? (property.DeclaringType!.IsDefined(typeof(SnakeCaseAttribute)) ? JsonNamingPolicy.SnakeCaseLower : JsonNamingPolicy.CamelCase).ConvertName(property.Name);

    private static string Shown(string path, string? key = null) => (key is null ? path : $"{path}.{key}").TrimStart('.');
}
