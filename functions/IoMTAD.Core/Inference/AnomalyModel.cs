using System.Security.Cryptography;
using IoMTAD.Features;
using IoMTAD.Inference.Onnx;

namespace IoMTAD.Inference;

/// <summary>Everything that scores a sequence: scaler, autoencoder, densities, calibration, threshold; and, where attacks were learned too, the
/// classifier that names them. Immutable; shared by any number of scorers.</summary>
public sealed class AnomalyModel
{
    /// <summary>File names of the parts of a bundle; <see cref="ClassifierFile.Name"/> may stand beside them.</summary>
    public const string ManifestFile = "manifest.json", WeightsFile = "autoencoder.onnx";

    /// <param name="weights">The ONNX file that holds <paramref name="parts"/>; its digest goes into the manifest.</param>
    internal AnomalyModel(
        FeatureSchema schema, ModelManifest manifest, AnomalyParts parts, ReadOnlyMemory<byte> weights,
        ClassifierModel? classifier = null, ReadOnlyMemory<byte> classifierWeights = default)
    {
        (Schema, Parts, Weights, Classifier, this.classifierWeights) = (schema, parts, weights, classifier, classifierWeights);
        Manifest = manifest.WithFile(WeightsFile, Digest(weights.Span));
        if (classifier is not null) Manifest = Manifest.WithFile(ClassifierFile.Name, Digest(classifierWeights.Span));
        Version = $"{manifest.Name}@{Digest(Manifest.ToJson())[..16]}";
    }

    public FeatureSchema Schema { get; }

    public ModelManifest Manifest { get; }

    /// <summary>The bytes of <see cref="WeightsFile"/>; those of <see cref="ManifestFile"/> are
    /// <see cref="ModelManifest.ToJson"/>.</summary>
    public ReadOnlyMemory<byte> Weights { get; }

    /// <summary>Name and the start of the manifest's digest, which covers the weights' digest and the threshold.</summary>
    public string Version { get; }

    /// <summary>Null where the training data held no labelled attacks.</summary>
    public ClassifierModel? Classifier { get; private init; }

    /// <summary>The bundle's files by name.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files
    {
        get
        {
            var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
            {
                [ManifestFile] = Manifest.ToJson(), [WeightsFile] = Weights,
            };
            if (Classifier is not null) files[ClassifierFile.Name] = classifierWeights;
            return files;
        }
    }

    private readonly ReadOnlyMemory<byte> classifierWeights;

    internal AnomalyParts Parts { get; }
    internal FeatureScaler Scaler => Parts.Scaler;
    internal Autoencoder Autoencoder => Parts.Autoencoder;
    internal IReadOnlyList<LengthGroup> Groups => Parts.Groups;
    internal FeatureRanges Ranges => Parts.Ranges;

    /// <summary>The same model with the threshold at another false-alarm rate; those of kinds were tuned to the old one, and go.</summary>
    public AnomalyModel WithFalseAlarmRate(double rate) =>
        With(Manifest with { FalseAlarmRate = rate, Threshold = ThresholdFor(rate), KindThresholds = new Dictionary<string, float>() });

    internal AnomalyModel WithThreshold(float threshold) => With(Manifest with { Threshold = threshold });

    /// <summary>The same model under another manifest; its digests stay those of the files.</summary>
    public AnomalyModel With(ModelManifest manifest) => new(Schema, manifest, Parts, Weights, Classifier, classifierWeights);

    /// <param name="weights">The ONNX file that holds the classifier.</param>
    public AnomalyModel WithClassifier(ClassifierModel classifier, ReadOnlyMemory<byte> weights) =>
        new(Schema, Manifest, Parts, Weights, classifier, weights);

    /// <exception cref="ArgumentException">The batch holds other features, or longer sequences, than the model takes.</exception>
    public void Check(ISequences batch)
    {
        if (batch.FeatureCount != Schema.ModelColumns.Count || batch.MaxSteps > Manifest.MaxSteps)
            throw new ArgumentException($"The model takes up to {Manifest.MaxSteps} steps of {Schema.ModelColumns.Count} features.", nameof(batch));
    }

    /// <summary>Scores are −log₁₀ of the benign share, so the threshold follows from the rate alone.</summary>
    internal static float ThresholdFor(double rate) => (float)-Math.Log10(rate);

    /// <summary>Reads a bundle and checks that its parts belong together, each file by the digest in the manifest.</summary>
    /// <param name="files">The bundle's files by name; others beside them do not matter.</param>
    /// <param name="schemas">Those that this program knows.</param>
    /// <returns>The model, or why there is none.</returns>
    public static ModelLoad Load(IReadOnlyDictionary<string, byte[]> files, params ReadOnlySpan<FeatureSchema> schemas)
    {
        if (!files.TryGetValue(ManifestFile, out var json)) return ModelLoad.Failed($"{ManifestFile} is missing");
        var manifest = ModelManifest.Parse(json, out var error);
        if (manifest is null) return ModelLoad.Failed(error!);
        if (!manifest.Files.ContainsKey(WeightsFile)) return ModelLoad.Failed($"the manifest names no digest of {WeightsFile}");
        foreach (var (name, expected) in manifest.Files)
        {
            if (!files.TryGetValue(name, out var bytes)) return ModelLoad.Failed($"{name} is missing");
            if (Digest(bytes) is var digest && !string.Equals(digest, expected, StringComparison.Ordinal))
                return ModelLoad.Failed($"{name} has SHA-256 {digest}, but the manifest says {expected}");
        }
        var weights = files[WeightsFile];
        FeatureSchema? schema = null;
        foreach (var known in schemas)
            if (string.Equals(known.Name, manifest.Schema, StringComparison.Ordinal)) schema = known;
        if (schema is null) return ModelLoad.Failed($"the model wants features of schema '{manifest.Schema}', which is not known here");
        if (!OnnxTensors.TryRead(weights, out var tensors, out error) ||
            !AnomalyModelTensors.TryRead(tensors, manifest, schema, out var parts, out error))
            return ModelLoad.Failed($"{WeightsFile}: {error}");
        if (!manifest.Files.ContainsKey(ClassifierFile.Name)) return new(new AnomalyModel(schema, manifest, parts, weights), null);
        if (!ClassifierFile.TryRead(files[ClassifierFile.Name], [schema], out var classifier, out error))
            return ModelLoad.Failed($"{ClassifierFile.Name}: {error}");
        if (classifier.MaxSteps < manifest.MaxSteps)
            return ModelLoad.Failed($"{ClassifierFile.Name} takes sequences of {classifier.MaxSteps} steps, but the model's are of {manifest.MaxSteps}");
        return new(new AnomalyModel(schema, manifest, parts, weights, classifier, files[ClassifierFile.Name]), null);
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>A model, or why there is none.</summary>
public readonly record struct ModelLoad(AnomalyModel? Model, string? Error)
{
    internal static ModelLoad Failed(string error) => new(null, error);
}
