using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>How strange one sequence is.</summary>
/// <param name="Score">Higher is stranger.</param>
/// <param name="Calibrated">Share of benign validation sequences at least as strange: in (0, 1], small is strange.</param>
public readonly record struct AnomalyScore(float Score, float Calibrated)
{
    /// <param name="score">−log₁₀ of the benign share, as models compute it.</param>
    public static AnomalyScore Of(float score) => new(score, MathF.Pow(10, -score));
}

/// <summary>One feature's part in a score, in the feature's own unit.</summary>
/// <param name="Feature">Index into the schema's model columns.</param>
/// <param name="Observed">Mean over the sequence's steps.</param>
/// <param name="Expected">What the most similar pattern of normal traffic shows on average: a flood reconstructs as itself, so that
/// would explain nothing.</param>
/// <param name="Contribution">Share of the total strangeness, 0–1.</param>
public readonly record struct FeatureContribution(int Feature, float Observed, float Expected, float Contribution);

/// <summary>Scores batches of sequences against what is normal. Implementations are deterministic and hold no state between
/// calls.</summary>
public interface IAnomalyScorer
{
    FeatureSchema Schema { get; }

    /// <summary>Name and digest of the model: part of each event's identity.</summary>
    string ModelVersion { get; }

    /// <summary>The score above which a sequence is strange, tuned at the wanted false-alarm rate.</summary>
    float Threshold { get; }

    /// <summary>Thresholds of kinds of devices that have one of their own, by the inventory's name of the kind.</summary>
    IReadOnlyDictionary<string, float> KindThresholds => System.Collections.ObjectModel.ReadOnlyDictionary<string, float>.Empty;

    /// <summary>The threshold for a kind of device: its own, else the general one.</summary>
    float ThresholdOf(string kind) => KindThresholds.GetValueOrDefault(kind, Threshold);

    /// <summary>Names attacks; null where the model learned of none.</summary>
    IClassifier? Classifier => null;

    /// <param name="scores">One per sequence of the batch.</param>
    void Score(ISequences batch, Span<AnomalyScore> scores);

    /// <summary>The features that contributed most to one sequence's score, largest first; called for anomalies only.</summary>
    /// <returns>How many were written.</returns>
    int Explain(ISequences batch, int sequence, Span<FeatureContribution> contributions);
}
