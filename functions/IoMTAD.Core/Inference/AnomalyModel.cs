using System.Security.Cryptography;
using IoMTAD.Features;
using IoMTAD.Inference.Onnx;

namespace IoMTAD.Inference;

/// <summary>Everything that scores a sequence: scaler, autoencoder, densities, calibration, threshold. Immutable; shared by any number
/// of scorers.</summary>
public sealed class AnomalyModel
{
    /// <summary>File names of the two parts of a bundle.</summary>
    public const string ManifestFile = "manifest.json", WeightsFile = "autoencoder.onnx";

    /// <param name="weights">The ONNX file that holds <paramref name="parts"/>; its digest goes into the manifest.</param>
    internal AnomalyModel(FeatureSchema schema, ModelManifest manifest, AnomalyParts parts, ReadOnlyMemory<byte> weights)
    {
        (Schema, Parts, Weights) = (schema, parts, weights);
        Manifest = manifest.WithFile(WeightsFile, Digest(weights.Span));
        Version = $"{manifest.Name}@{Digest(Manifest.ToJson())[..16]}";
    }

    public FeatureSchema Schema { get; }

    public ModelManifest Manifest { get; }

    /// <summary>The bytes of <see cref="WeightsFile"/>; those of <see cref="ManifestFile"/> are
    /// <see cref="ModelManifest.ToJson"/>.</summary>
    public ReadOnlyMemory<byte> Weights { get; }

    /// <summary>Name and the start of the manifest's digest, which covers the weights' digest and the threshold.</summary>
    public string Version { get; }

    internal AnomalyParts Parts { get; }
    internal FeatureScaler Scaler => Parts.Scaler;
    internal Autoencoder Autoencoder => Parts.Autoencoder;
    internal IReadOnlyList<LengthGroup> Groups => Parts.Groups;
    internal FeatureRanges Ranges => Parts.Ranges;

    /// <summary>The same model with the threshold at another false-alarm rate.</summary>
    public AnomalyModel WithFalseAlarmRate(double rate) =>
        new(Schema, Manifest with { FalseAlarmRate = rate, Threshold = ThresholdFor(rate) }, Parts, Weights);

    internal AnomalyModel WithThreshold(float threshold) => new(Schema, Manifest with { Threshold = threshold }, Parts, Weights);

    /// <summary>Scores are −log₁₀ of the benign share, so the threshold follows from the rate alone.</summary>
    internal static float ThresholdFor(double rate) => (float)-Math.Log10(rate);

    /// <summary>Reads a bundle and checks that its parts belong together.</summary>
    /// <param name="schemas">Those that this program knows.</param>
    /// <returns>The model, or why there is none.</returns>
    public static ModelLoad Load(ReadOnlySpan<byte> manifestJson, ReadOnlySpan<byte> weights, params ReadOnlySpan<FeatureSchema> schemas)
    {
        var manifest = ModelManifest.Parse(manifestJson, out var error);
        if (manifest is null) return ModelLoad.Failed(error!);
        var digest = Digest(weights);
        if (!manifest.Files.TryGetValue(WeightsFile, out var expected))
            return ModelLoad.Failed($"the manifest names no digest of {WeightsFile}");
        if (!string.Equals(digest, expected, StringComparison.Ordinal))
            return ModelLoad.Failed($"{WeightsFile} has SHA-256 {digest}, but the manifest says {expected}");
        FeatureSchema? schema = null;
        foreach (var known in schemas)
            if (string.Equals(known.Name, manifest.Schema, StringComparison.Ordinal)) schema = known;
        if (schema is null) return ModelLoad.Failed($"the model wants features of schema '{manifest.Schema}', which is not known here");
        if (!OnnxTensors.TryRead(weights, out var tensors, out error) ||
            !AnomalyModelTensors.TryRead(tensors, manifest, schema, out var parts, out error))
            return ModelLoad.Failed($"{WeightsFile}: {error}");
        return new(new AnomalyModel(schema, manifest, parts, weights.ToArray()), null);
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>A model, or why there is none.</summary>
public readonly record struct ModelLoad(AnomalyModel? Model, string? Error)
{
    internal static ModelLoad Failed(string error) => new(null, error);
}
