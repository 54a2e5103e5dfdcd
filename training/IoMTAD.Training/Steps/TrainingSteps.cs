using System.Text.Json;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Steps;

/// <summary>Training as steps: fit the detector, fit the classifier, tune, evaluate. Each is a function of its inputs alone and keeps its result
/// under a digest of them; deciding on promotion is <c>ModelDecisions</c>.</summary>
/// <remarks>A step that finds its result does nothing. One that was cancelled keeps the best so far for the caller, and no result.</remarks>
public sealed class TrainingSteps(IStepResults results, IProgress<TrainingProgress>? progress = null)
{
    /// <summary>Part of every digest: results of code that computes otherwise must not be taken for these.</summary>
    private const int Version = 1;

    private static readonly FeatureSchema[] Schemas = [WindowSchema.Schema, CicIoMT2024.V1, CicIoMT2024.V2];

    /// <summary>The autoencoder, its densities and their calibration, with the threshold at the wanted rate.</summary>
    public AnomalyModel FitDetector(Dataset data, TrainingOptions options, CancellationToken cancel = default)
    {
        const string Step = "fit-detector";
        var inputs = StepInputs.Digest(new { Version, data.Card.Sha256, Options = options with { Threads = 0 } });
        if (results.Find(Step, inputs) is { } found && AnomalyModel.Load(found, Schemas).Model is { } known) return known;
        var checkpoint = new FitCheckpoint(results.FindPartial(Step, inputs), state => results.KeepPartial(Step, inputs, state));
        var model = DatasetTraining.FitDetector(data, options, progress, checkpoint, cancel);
        model = model.With(model.Manifest with { TrainingLabels = data.TrainLabels });
        if (!cancel.IsCancellationRequested) results.Keep(Step, inputs, Copy(model.Files));
        return model;
    }

    /// <summary>What names the attacks; null where the training part holds one class alone, or the fit was cancelled before there was anything to
    /// keep.</summary>
    public (ClassifierModel Model, byte[] File)? FitClassifier(Dataset data, ClassifierOptions options, string name, CancellationToken cancel = default)
    {
        const string Step = "fit-classifier";
        if (data.Train.Select(f => DatasetLabel.Coarse(f.Label, options.Level)).Distinct().Count() < 2) return null;
        var inputs = StepInputs.Digest(new { Version, data.Card.Sha256, Options = options with { Threads = 0 }, name });
        if (results.Find(Step, inputs)?.GetValueOrDefault(ClassifierFile.Name) is { } file
            && ClassifierFile.TryRead(file, [data.Schema], out var known, out _)) return (known, file);
        if (Fit(data, options, cancel) is not { } model) return null;
        var bytes = ClassifierExport.ToOnnx(model, name);
        if (!cancel.IsCancellationRequested) results.Keep(Step, inputs, new Dictionary<string, byte[]> { [ClassifierFile.Name] = bytes });
        return (model, bytes);
    }

    private ClassifierModel? Fit(Dataset data, ClassifierOptions options, CancellationToken cancel)
    {
        try
        {
            return DatasetTraining.FitClassifier(data, options, progress, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Figures on the test part.</summary>
    public EvaluationReport Evaluate(AnomalyModel model, Dataset data, int seed = 1)
    {
        const string Step = "evaluate", File = "evaluation.json";
        var inputs = StepInputs.Digest(new { Version, Model = model.Version, data.Card.Sha256, seed });
        if (results.Find(Step, inputs)?.GetValueOrDefault(File) is { } found && Parse(found) is { } known) return known;
        var report = ModelEvaluation.Run(model, data, seed).Report;
        results.Keep(Step, inputs, new Dictionary<string, byte[]> { [File] = JsonSerializer.SerializeToUtf8Bytes(report, Json) });
        return report;
    }

    /// <summary>Null where the bytes are damaged: the step is then done again.</summary>
    private static EvaluationReport? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<EvaluationReport>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static Dictionary<string, byte[]> Copy(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) =>
        files.ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal);
}
