using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Every row of every sequence as a vector of its own: scaled features, without padding.</summary>
internal sealed class StepVectors : IVectors
{
    private readonly ISequences sequences;
    private readonly FeatureScaler scaler;
    private readonly int[] starts;

    public StepVectors(ISequences sequences, FeatureScaler scaler)
    {
        (this.sequences, this.scaler) = (sequences, scaler);
        starts = new int[sequences.Count + 1];
        for (var i = 0; i < sequences.Count; i++) starts[i + 1] = starts[i] + sequences.Length(i);
    }

    public int Count => starts[^1];
    public int Width => scaler.Features;

    public void Read(int index, Span<float> vector)
    {
        Span<float> scaled = stackalloc float[scaler.Padded];
        var sequence = Sequence(index);
        scaler.Apply(sequences.Step(sequence, index - starts[sequence]), scaled);
        scaled[..Width].CopyTo(vector);
    }

    /// <summary>Rows with the labels of their sequences.</summary>
    public LabelledVectors Label(ReadOnlySpan<int> sequenceLabels, IReadOnlyList<string> classes)
    {
        var labels = new int[Count];
        for (var i = 0; i < sequenceLabels.Length; i++) labels.AsSpan(starts[i]..starts[i + 1]).Fill(sequenceLabels[i]);
        return new(this, labels, classes);
    }

    private int Sequence(int index)
    {
        var at = Array.BinarySearch(starts, index);
        return at >= 0 ? at : ~at - 1;
    }
}
