using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>The rows of one CSV file in their order.</summary>
/// <param name="Values"><c>[row, model column]</c>; may be longer than the rows are.</param>
public sealed record DatasetRows(string Path, string Label, FeatureSchema Schema, string Sha256, int Skipped, float[] Values, int RowCount)
    : LabelledFile(Path, Label, Schema, Sha256, Skipped)
{
    private readonly int width = Schema.ModelColumns.Count;

    public override int Count => RowCount;

    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * width, width);

    public override ISequences Sequences(int from, int to, int stride) => new RowSequences(this, from, to, stride);

    public override ulong Fingerprint(int index) => Fingerprints.Of(Row(index));
}

/// <summary>Sequences of consecutive rows, by reference; a rest shorter than a sequence is left out.</summary>
internal sealed class RowSequences(DatasetRows rows, int from, int to, int stride) : ISequences
{
    public int FeatureCount { get; } = rows.Schema.ModelColumns.Count;
    public int MaxSteps => SequenceBatch.DefaultSteps;
    public int Count { get; } = to - from < SequenceBatch.DefaultSteps ? 0 : (to - from - SequenceBatch.DefaultSteps) / stride + 1;

    public int Length(int sequence) => MaxSteps;

    public ReadOnlySpan<float> Step(int sequence, int step) => rows.Row(from + sequence * stride + step);
}
