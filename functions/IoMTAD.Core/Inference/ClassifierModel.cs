using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>One of the predictors whose probabilities are averaged.</summary>
/// <param name="Weight">Share in the average.</param>
internal sealed record ClassifierMember(SequenceInput Input, IPredictorModel Model, float Weight);

/// <summary>Names the class of a sequence: scaler, predictors, and the weighted mean of their probabilities. Immutable; shared by any number
/// of <see cref="ManagedClassifier"/>s.</summary>
public sealed class ClassifierModel
{
    internal ClassifierModel(
        FeatureSchema schema, int maxSteps, FeatureScaler scaler, IReadOnlyList<ClassifierMember> members, IReadOnlyList<string> classes)
    {
        if (members.Count == 0 || members.Any(m => m.Model.Outputs != classes.Count
            || m.Model.Inputs != SequenceInputs.Width(m.Input, scaler.Padded, maxSteps)))
            throw new ArgumentException("A classifier's members take its sequences and answer with its classes.", nameof(members));
        (Schema, MaxSteps, Scaler, Members, Classes) = (schema, maxSteps, scaler, members, classes);
    }

    public FeatureSchema Schema { get; }

    /// <summary>Longest sequence taken.</summary>
    public int MaxSteps { get; }

    public IReadOnlyList<string> Classes { get; }

    /// <exception cref="ArgumentException">The batch holds other features, or longer sequences, than the model takes.</exception>
    public void Check(ISequences batch)
    {
        if (batch.FeatureCount != Schema.ModelColumns.Count || batch.MaxSteps > MaxSteps)
            throw new ArgumentException($"The model takes up to {MaxSteps} steps of {Schema.ModelColumns.Count} features.", nameof(batch));
    }

    internal FeatureScaler Scaler { get; }
    internal IReadOnlyList<ClassifierMember> Members { get; }
}
