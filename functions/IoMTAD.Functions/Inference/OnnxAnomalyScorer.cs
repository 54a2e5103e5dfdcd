using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace IoMTAD.Functions.Inference;

/// <summary>Scores by the bundle's graphs in ONNX Runtime, within 1e-5 of <see cref="ManagedAnomalyScorer"/>. One scorer per thread.</summary>
/// <remarks>The graph goes from raw rows to the score; explaining one sequence is the managed scorer's work in both hosts.</remarks>
public sealed class OnnxAnomalyScorer : IAnomalyScorer, IDisposable
{
    private readonly AnomalyModel model;
    private readonly OnnxBatch rows;
    private readonly OnnxClassifier? classifier;
    private readonly IDisposable? own;
    private ManagedAnomalyScorer? explaining;

    internal OnnxAnomalyScorer(AnomalyModel model, InferenceSession detector, InferenceSession? classifier, int batch, IDisposable? own = null)
    {
        (this.model, this.own) = (model, own);
        rows = new OnnxBatch(detector, batch, model.Manifest.MaxSteps, Schema.ModelColumns.Count, ModelGraph.Score, width: 0);
        if (classifier is not null) this.classifier = new OnnxClassifier(model.Classifier!, classifier, batch);
    }

    /// <summary>One that holds its graphs for itself alone.</summary>
    /// <exception cref="OnnxRuntimeException">The runtime cannot run a file of the bundle.</exception>
    public static OnnxAnomalyScorer Open(AnomalyModel model, OnnxOptions options)
    {
        var loaded = new OnnxModel(model, options);
        return loaded.CreateScorer(loaded);
    }

    public FeatureSchema Schema => model.Schema;
    public string ModelVersion => model.Version;
    public float Threshold => model.Manifest.Threshold;
    public IReadOnlyDictionary<string, float> KindThresholds => model.Manifest.KindThresholds;
    public IClassifier? Classifier => classifier;

    public void Score(ISequences batch, Span<AnomalyScore> scores)
    {
        model.Check(batch);
        for (var first = 0; first < batch.Count; first += rows.Capacity)
        {
            var found = rows.Run(batch, first, Math.Min(rows.Capacity, batch.Count - first));
            for (var i = 0; i < found.Length; i++) scores[first + i] = AnomalyScore.Of(found[i]);
        }
    }

    public int Explain(ISequences batch, int sequence, Span<FeatureContribution> contributions) =>
        (explaining ??= new ManagedAnomalyScorer(model)).Explain(batch, sequence, contributions);

    public void Dispose()
    {
        rows.Dispose();
        classifier?.Dispose();
        own?.Dispose();
    }
}
