namespace IoMTAD.Inference.Onnx;

/// <summary>Names of what goes into the graphs of a bundle and comes out: the exporter writes them, a runtime asks for them.</summary>
public static class ModelGraph
{
    /// <summary>Raw model columns, float <c>[N, T, F]</c>; what stands beyond a sequence's length does not matter.</summary>
    public const string Sequences = "sequences";

    /// <summary>int32 <c>[N]</c>, each from 1 to T.</summary>
    public const string Lengths = "sequence_lens";

    /// <summary>Of the detector, float <c>[N]</c>.</summary>
    public const string Score = "score";

    /// <summary>Of the classifier, float <c>[N, classes]</c>.</summary>
    public const string Probabilities = "probabilities";
}
