using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>Says to which class of traffic a sequence belongs. Deterministic, no state between calls; one per thread.</summary>
public interface IClassifier
{
    FeatureSchema Schema { get; }

    /// <summary>Names of the classes, as the training data calls them.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <param name="probabilities"><c>[sequence, class]</c>, each row adding up to 1.</param>
    void Classify(ISequences batch, Span<float> probabilities);
}
