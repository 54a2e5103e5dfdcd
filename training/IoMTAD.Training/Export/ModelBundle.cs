using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Export;

/// <summary>A model as a folder of files.</summary>
public static class ModelBundle
{
    private static readonly string[] Extensions = [".json", ".bin", ".onnx", ".md"];

    /// <summary>Creates the folder where it is missing and replaces the files of an older bundle. The manifest comes last: until it is there, the
    /// files are no bundle.</summary>
    public static void Write(AnomalyModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var stale in new[] { AnomalyModel.ManifestFile, ClassifierFile.Name }) File.Delete(Path.Combine(folder, stale));
        foreach (var (name, bytes) in model.Files.OrderBy(f => f.Key == AnomalyModel.ManifestFile))
            File.WriteAllBytes(Path.Combine(folder, name), bytes.Span);
    }

    /// <summary>The files of a bundle by name, those that tell of it too, and nothing else that lies beside them.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
            .ToDictionary(f => Path.GetFileName(f), f => (ReadOnlyMemory<byte>)File.ReadAllBytes(f), StringComparer.Ordinal);

    /// <returns>The model, or why there is none; a missing file is such a reason.</returns>
    public static ModelLoad Read(string folder, params ReadOnlySpan<FeatureSchema> schemas)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in new[] { AnomalyModel.ManifestFile, AnomalyModel.WeightsFile, ClassifierFile.Name })
            if (File.Exists(Path.Combine(folder, name))) files[name] = File.ReadAllBytes(Path.Combine(folder, name));
        var load = AnomalyModel.Load(files, schemas);
        return load.Error is { } error && error.EndsWith(" is missing", StringComparison.Ordinal) ? new(null, $"{error} in {folder}") : load;
    }
}
