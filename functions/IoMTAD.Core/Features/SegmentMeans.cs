using IoMTAD.Capture;

namespace IoMTAD.Features;

/// <param name="Means">Of the model's features over the segment, as stored.</param>
public sealed record SegmentReading(double[] Means, SegmentSummary Summary);

/// <summary>Reads single segments, as they are kept as evidence, down to the mean of each feature.</summary>
public sealed class SegmentMeans(FeatureSchema schema)
{
    private readonly SegmentReader reader = new(schema);
    private readonly SequenceBatch batch = new(schema.ModelColumns.Count);

    /// <returns>Null where nothing of it can be read.</returns>
    public SegmentReading? Read(Segment segment)
    {
        batch.Clear();
        var summary = reader.Read(segment, batch);
        if (summary.Steps == 0) return null;
        var means = new double[batch.FeatureCount];
        batch.AddMeansTo(0, means);
        return new SegmentReading(means, summary);
    }
}
