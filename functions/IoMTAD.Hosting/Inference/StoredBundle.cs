using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Hosting.Inference;

/// <summary>What all model stores do alike.</summary>
public static class StoredBundle
{
    private const int LongestName = 100;

    /// <summary><c>ward@0123456789abcdef</c> lies in <c>ward-0123456789abcdef</c>; the digest in the end keeps names apart.</summary>
    public static string FolderName(string version)
    {
        var name = string.Concat(version.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        return name[^Math.Min(name.Length, LongestName)..];
    }

    /// <param name="place">Where the files lie, for the reason.</param>
    /// <param name="files">By name; others beside the bundle's do not matter.</param>
    /// <returns>The model of that version, or why there is none.</returns>
    public static ModelLoad Load(string place, string version, IReadOnlyDictionary<string, byte[]> files)
    {
        if (files.Count == 0) return new(null, $"{place} holds no files");
        var load = AnomalyModel.Load(files, [.. FeatureSchemas.All]);
        if (load.Error is { } error) return new(null, $"{place}: {error}");
        return load.Model!.Version == version ? load : new(null, $"{place} holds {load.Model.Version}, not {version}");
    }

    /// <returns>The files in the order in which they are written: until the manifest is there, they are no bundle.</returns>
    /// <exception cref="ArgumentException">They are no bundle of that version.</exception>
    public static IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Ordered(
        string version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (Load("the bundle", version, files.ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal)).Error is { } error)
            throw new ArgumentException(error, nameof(files));
        return [.. files.OrderBy(f => f.Key == AnomalyModel.ManifestFile)];
    }
}
