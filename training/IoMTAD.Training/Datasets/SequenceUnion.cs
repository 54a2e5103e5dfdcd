using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>Several sets of sequences, one after the other.</summary>
internal sealed class SequenceUnion : ISequences
{
    private readonly ISequences[] parts;
    private readonly int[] starts;

    public SequenceUnion(IEnumerable<ISequences> sources)
    {
        parts = [.. sources.Where(p => p.Count > 0)];
        starts = new int[parts.Length + 1];
        for (var i = 0; i < parts.Length; i++) starts[i + 1] = starts[i] + parts[i].Count;
        (FeatureCount, MaxSteps) = parts.Length == 0 ? (1, 1) : (parts[0].FeatureCount, parts.Max(p => p.MaxSteps));
    }

    public int FeatureCount { get; }
    public int MaxSteps { get; }
    public int Count => starts[^1];

    public int Length(int sequence)
    {
        var part = Find(sequence);
        return parts[part].Length(sequence - starts[part]);
    }

    public ReadOnlySpan<float> Step(int sequence, int step)
    {
        var part = Find(sequence);
        return parts[part].Step(sequence - starts[part], step);
    }

    private int Find(int sequence)
    {
        var at = Array.BinarySearch(starts, sequence);
        return at >= 0 ? at : ~at - 1;
    }
}
