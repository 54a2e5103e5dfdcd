using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Each sequence's scaled rows, or its statistics, as one vector.</summary>
internal sealed class SequenceVectors(ISequences sequences, FeatureScaler scaler, SequenceInput input) : IVectors
{
    public int Count => sequences.Count;
    public int Width { get; } = SequenceInputs.Width(input, scaler.Padded, sequences.MaxSteps);

    /// <summary>Other sequences, made into vectors the same way.</summary>
    public SequenceVectors Of(ISequences others) => new(others, scaler, input);

    public void Read(int index, Span<float> vector) => SequenceInputs.Read(input, sequences, index, scaler, vector);
}
