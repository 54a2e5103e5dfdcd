using YamlDotNet.RepresentationModel;

namespace IoMTAD.Infra.Reading;

/// <summary>One document of a YAML or JSON file.</summary>
/// <param name="Origin">Where it was written, if it was made from something else; its own lines then say nothing.</param>
internal sealed record Document(string File, YamlNode Root, Place? Origin = null)
{
    public string Kind => Text("kind") ?? "";

    public string Name => Root.Text("metadata", "name") ?? "";

    public Place Place => At(Root);

    public Place At(YamlNode? node) => Origin ?? new(File, Math.Max(1, (int)(node ?? Root).Start.Line));

    public string? Text(string key) => Root.Text(key);
}
