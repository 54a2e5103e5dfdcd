namespace IoMTAD.Features;

/// <summary>Turns segments that hold rows of the dataset into sequences, one step per row. Reused from segment to segment.</summary>
/// <param name="schema">The one asked for; a segment with another header is a fault.</param>
public sealed class RowFeatures(FeatureSchema schema)
{
    private readonly float[] row = new float[schema.ModelColumns.Count];
    private byte[] header = [];
    private DatasetCsv? csv;

    /// <summary>Appends one sequence to the batch; none where the summary's <c>Steps</c> is 0.</summary>
    /// <param name="text">The header line and up to <see cref="SequenceBatch.MaxSteps"/> rows, UTF-8.</param>
    public SegmentSummary Extract(ReadOnlySpan<byte> text, SequenceBatch batch)
    {
        if (!DatasetCsv.TryTakeLine(ref text, last: true, out var first) || ReaderFor(first) is not { } reader)
            return new SegmentSummary(0, 0, 0, 0, 0, 0, $"rows: the header is not that of {schema.Name}");

        var (rows, unreadable, fault) = (0, 0, (string?)null);
        batch.BeginSequence();
        while (DatasetCsv.TryTakeLine(ref text, last: true, out var line))
        {
            if (rows++ == batch.MaxSteps)
            {
                batch.RemoveLast();
                return new SegmentSummary(rows, unreadable, 0, 0, 0, 0, $"rows: more than {batch.MaxSteps}");
            }
            if (reader.TryReadRow(line, row, out var failure))
            {
                row.CopyTo(batch.AddStep());
                continue;
            }
            unreadable++;
            fault ??= $"row {rows}, column {failure.Column}: {failure.Reason}";
        }
        if (rows == unreadable) batch.RemoveLast();
        return new SegmentSummary(rows, unreadable, rows - unreadable, 0, 0, 0, rows == 0 ? "rows: none" : fault);
    }

    /// <summary>Segments of one file share their header: it is understood once.</summary>
    private DatasetCsv? ReaderFor(ReadOnlySpan<byte> line)
    {
        if (!line.SequenceEqual(header))
        {
            header = line.ToArray();
            csv = DatasetCsv.FromHeader(line);
        }
        return csv?.Schema == schema ? csv : null;
    }
}
