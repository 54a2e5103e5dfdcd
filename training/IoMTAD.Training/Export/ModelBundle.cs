using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Export;

/// <summary>A model as a folder of files.</summary>
public static class ModelBundle
{
    /// <summary>Creates the folder where it is missing and replaces the files of an older bundle.</summary>
    public static void Write(AnomalyModel model, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, AnomalyModel.WeightsFile), model.Weights.Span);
        File.WriteAllBytes(Path.Combine(folder, AnomalyModel.ManifestFile), model.Manifest.ToJson());
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
