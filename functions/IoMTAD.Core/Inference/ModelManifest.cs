using System.Collections.ObjectModel;
using System.Text.Json;

namespace IoMTAD.Inference;

/// <summary>What a model says about itself; its JSON is <c>manifest.json</c> of the bundle.</summary>
/// <param name="Schema">Name of the only <see cref="Features.FeatureSchema"/> whose vectors it takes.</param>
/// <param name="FalseAlarmRate">The rate that <paramref name="Threshold"/> was tuned to.</param>
/// <param name="CalibrationSequences">How many benign sequences the threshold rests on.</param>
/// <param name="Files">SHA-256 of each file of the bundle by its name, lower-case hex.</param>
/// <param name="TrainingDataSha256">Of the benign values that it learned from, in order.</param>
/// <param name="Metrics">Figures of training and calibration by name.</param>
public sealed record ModelManifest(
    string Name,
    string Schema,
    int MaxSteps,
    int Hidden,
    double FalseAlarmRate,
    float Threshold,
    int CalibrationSequences,
    int Seed,
    IReadOnlyDictionary<string, string> Files,
    string TrainingDataSha256,
    IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Labels of the training data; attacks that are not among them are strangers to the model.</summary>
    public IReadOnlyList<string> TrainingLabels { get; init; } = [];

    /// <summary>Thresholds of kinds of devices, where there was enough benign traffic of a kind to tune one; the others have
    /// <see cref="Threshold"/>. Kinds stand in order, so that equal manifests are equal bytes.</summary>
    public IReadOnlyDictionary<string, float> KindThresholds
    {
        get;
        init => field = new SortedDictionary<string, float>(value.ToDictionary(), StringComparer.Ordinal);
    } = ReadOnlyDictionary<string, float>.Empty;

    /// <summary>Quantiles, evenly spaced from 0 to 1, of the scores of benign sequences that were held out: what newer traffic is compared
    /// with.</summary>
    public IReadOnlyList<float> HeldOutScores { get; init; } = [];

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The same with a file's digest, names in order, so that equal manifests are equal bytes.</summary>
    internal ModelManifest WithFile(string name, string sha256) =>
        this with { Files = new SortedDictionary<string, string>(Files.ToDictionary(), StringComparer.Ordinal) { [name] = sha256 } };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Null, with a reason, where the bytes are no manifest.</summary>
    public static ModelManifest? Parse(ReadOnlySpan<byte> json, out string? error)
    {
        try
        {
            error = null;
            return JsonSerializer.Deserialize<ModelManifest>(json, Options) ?? throw new JsonException("the manifest is null");
        }
        catch (JsonException e)
        {
            error = $"manifest.json: {e.Message}";
            return null;
        }
    }
}
