using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Reading;

/// <summary>One document of a YAML or JSON file, and which one of it.</summary>
internal sealed record Document(string File, YamlNode Root)
{
    public string Kind => Text("kind") ?? "";

    public string Name => Root.Find("metadata")?.Text("name") ?? "";

    public Place Place => At(Root);

    public Place At(YamlNode? node) => new(File, Math.Max(1, (int)(node ?? Root).Start.Line));

    public string? Text(string key) => Root.Text(key);
}
