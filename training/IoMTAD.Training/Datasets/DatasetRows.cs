using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>The rows of one file in their order, model columns only, <c>[row, column]</c>.</summary>
public sealed record DatasetRows(string File, string Label, FeatureSchema Schema, float[] Values, IReadOnlyList<DatasetCsvFailure> Failures)
{
    public int Count => Values.Length / Schema.ModelColumns.Count;

    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Schema.ModelColumns.Count, Schema.ModelColumns.Count);

    /// <summary>Adds sequences of consecutive rows between two rows of this file; a shorter rest is left out.</summary>
    /// <param name="stride">Rows from one sequence's start to the next: the sequence length for disjoint ones, less for overlapping
    /// ones.</param>
    public void AddSequences(SequenceBatch target, int from, int to, int stride)
    {
        for (var start = from; start + target.MaxSteps <= to; start += stride)
        {
            target.BeginSequence();
            for (var t = 0; t < target.MaxSteps; t++) Row(start + t).CopyTo(target.AddStep());
        }
    }

    /// <summary>All of this file as disjoint sequences.</summary>
    public SequenceBatch Sequences(int length = SequenceBatch.DefaultSteps)
    {
        var batch = new SequenceBatch(Schema.ModelColumns.Count, length);
        AddSequences(batch, 0, Count, length);
        return batch;
    }
}
