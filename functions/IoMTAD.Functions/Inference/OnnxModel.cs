using IoMTAD.Inference;
using Microsoft.ML.OnnxRuntime;

namespace IoMTAD.Functions.Inference;

/// <summary>A bundle's graphs, loaded into ONNX Runtime once and shared by any number of scorers.</summary>
public sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession detector;
    private readonly InferenceSession? classifier;
    private readonly OnnxOptions options;

    /// <exception cref="OnnxRuntimeException">The runtime cannot run a file of the bundle.</exception>
    public OnnxModel(AnomalyModel model, OnnxOptions? options = null)
    {
        (Model, this.options) = (model, options ?? new OnnxOptions());
        detector = Open(model.Files[AnomalyModel.WeightsFile], this.options);
        try
        {
            classifier = model.Classifier is null ? null : Open(model.Files[ClassifierFile.Name], this.options);
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    public AnomalyModel Model { get; }

    /// <summary>A scorer with its buffers, for one thread at a time; to be disposed before the model.</summary>
    public OnnxAnomalyScorer CreateScorer() => CreateScorer(own: null);

    /// <param name="own">Is disposed with the scorer.</param>
    internal OnnxAnomalyScorer CreateScorer(IDisposable? own) => new(Model, detector, classifier, options.Batch, own);

    public void Dispose()
    {
        classifier?.Dispose();
        detector.Dispose();
    }

    private static InferenceSession Open(ReadOnlyMemory<byte> graph, OnnxOptions options)
    {
        using var session = new SessionOptions
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // The arena never shrinks. Inner shapes follow from the lengths in a batch, so no pattern of them would hold.
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        return new InferenceSession(graph.ToArray(), session);
    }
}
