using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Export;

namespace IoMTAD.Local.Inference;

/// <summary>Promoted bundles, in the event store's folder: what is in use stays, whatever becomes of the folder it was trained in.</summary>
/// <param name="store">The event store's folder.</param>
public sealed class ModelStore(string store)
{
    private const int LongestName = 100;

    /// <summary><c>ward@0123456789abcdef</c> lies in <c>models/ward-0123456789abcdef</c>; the digest in the end keeps names apart.</summary>
    public string FolderOf(string version)
    {
        var name = string.Concat(version.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        return Path.Combine(store, "models", name[^Math.Min(name.Length, LongestName)..]);
    }

    /// <summary>Keeps a bundle, unless it is there already; it appears under its name only when it is whole.</summary>
    /// <param name="write">Writes the bundle's files into the folder that it is given.</param>
    public void Keep(string version, Action<string> write)
    {
        if (Load(version).Model is not null) return;
        var (folder, partial) = (FolderOf(version), FolderOf(version) + ".new");
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        write(partial);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(partial, folder);
    }

    /// <returns>The model, or why there is none; a bundle of another version is such a reason.</returns>
    public ModelLoad Load(string version)
    {
        var load = ModelBundle.Read(FolderOf(version), [.. FeatureSchemas.All]);
        return load.Model is { } model && model.Version != version
            ? new(null, $"{FolderOf(version)} holds {model.Version}, not {version}")
            : load;
    }
}
