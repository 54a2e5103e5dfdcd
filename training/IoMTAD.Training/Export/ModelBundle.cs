using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Export;

/// <summary>A model as a folder of files.</summary>
public static class ModelBundle
{
    private static readonly string[] Extensions = [".json", ".bin", ".onnx", ".md"];

    /// <summary>Creates the folder where it is missing and replaces the files of an older bundle.</summary>
    public static void Write(AnomalyModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, AnomalyModel.WeightsFile), model.Weights.Span);
        File.WriteAllBytes(Path.Combine(folder, AnomalyModel.ManifestFile), model.Manifest.ToJson());
    }

    /// <summary>Copies the files of a bundle, and nothing else that lies beside them.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }

    /// <returns>The model, or why there is none; a missing file is such a reason.</returns>
    public static ModelLoad Read(string folder, params ReadOnlySpan<FeatureSchema> schemas)
    {
        foreach (var name in new[] { AnomalyModel.ManifestFile, AnomalyModel.WeightsFile })
            if (!File.Exists(Path.Combine(folder, name))) return new(null, $"{name} is missing in {folder}");
        return AnomalyModel.Load(File.ReadAllBytes(Path.Combine(folder, AnomalyModel.ManifestFile)),
            File.ReadAllBytes(Path.Combine(folder, AnomalyModel.WeightsFile)), schemas);
    }
}
