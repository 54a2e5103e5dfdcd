using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Reading;

/// <summary>Ways through a tree of nodes that may lack anything.</summary>
internal static class YamlNodes
{
    /// <summary>The node at a path of keys; null where one is absent.</summary>
    public static YamlNode? Find(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
            node = node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
        return node;
    }

    public static string? Text(this YamlNode? node, params ReadOnlySpan<string> path) => (node.Find(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> Items(this YamlNode? node, params ReadOnlySpan<string> path) =>
        node.Find(path) is YamlSequenceNode sequence ? sequence.Children : [];

    public static IEnumerable<(YamlScalarNode Key, YamlNode Value)> Entries(this YamlNode? node, params ReadOnlySpan<string> path) =>
        node.Find(path) is YamlMappingNode mapping ? mapping.Children.Select(c => ((YamlScalarNode)c.Key, c.Value)) : [];

    /// <summary>A map of texts, such as labels.</summary>
    public static Dictionary<string, string> Texts(this YamlNode? node, params ReadOnlySpan<string> path) =>
        node.Entries(path).ToDictionary(e => e.Key.Value ?? "", e => e.Value.Text() ?? "", StringComparer.Ordinal);

    /// <summary>The node itself and all below it.</summary>
    public static IEnumerable<YamlNode> Below(this YamlNode node) => node switch
    {
        YamlMappingNode mapping => [node, .. mapping.Children.SelectMany(c => c.Value.Below())],
        YamlSequenceNode sequence => [node, .. sequence.Children.SelectMany(Below)],
        _ => [node],
    };

    /// <summary>Whether it is written without quotes, so that a reader may take it for a number, a truth or nothing.</summary>
    public static bool IsPlain(this YamlScalarNode scalar) => scalar.Style is ScalarStyle.Plain or ScalarStyle.Any;
}
