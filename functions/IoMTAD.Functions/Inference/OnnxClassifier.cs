using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace IoMTAD.Functions.Inference;

/// <summary>Classifies by the bundle's graph in ONNX Runtime. One per thread.</summary>
internal sealed class OnnxClassifier : IClassifier, IDisposable
{
    private readonly ClassifierModel model;

    // Anomalies are named one by one, and to fill a batch with rows for nothing would cost as much as they.
    private readonly OnnxBatch one, many;

    public OnnxClassifier(ClassifierModel model, InferenceSession session, int batch)
    {
        this.model = model;
        (one, many) = (Rows(1), Rows(batch));

        OnnxBatch Rows(int capacity) =>
            new(session, capacity, model.MaxSteps, Schema.ModelColumns.Count, ModelGraph.Probabilities, Classes.Count);
    }

    public FeatureSchema Schema => model.Schema;
    public IReadOnlyList<string> Classes => model.Classes;

    public void Classify(ISequences batch, Span<float> probabilities)
    {
        model.Check(batch);
        var rows = batch.Count == 1 ? one : many;
        for (var first = 0; first < batch.Count; first += rows.Capacity)
            rows.Run(batch, first, Math.Min(rows.Capacity, batch.Count - first)).CopyTo(probabilities[(first * Classes.Count)..]);
    }

    public void Dispose()
    {
        one.Dispose();
        many.Dispose();
    }
}
