using IoMTAD.Capture;

namespace IoMTAD.Features;

/// <summary>Turns segments of any content into sequences of one schema.</summary>
public sealed class SegmentReader(FeatureSchema schema)
{
    private readonly SegmentFeatures captures = new();

    /// <summary>Appends one sequence to the batch, or none where the summary's <c>Steps</c> is 0.</summary>
    public SegmentSummary Read(Segment segment, SequenceBatch batch)
    {
        if (segment.Content == SegmentContent.Pcap && schema == WindowSchema.Schema)
            return captures.Extract(AddressOf(segment), segment.Value.Span, batch);
        return new SegmentSummary(0, 0, 0, 0, 0, 0, $"{segment.Content} content, but the model reads {schema.Name}");
    }

    // A key that is no address names no endpoint of any frame: all traffic then counts as inbound.
    private static DeviceAddress AddressOf(Segment segment) => DeviceAddress.TryParse(segment.Device, out var address) ? address : default;
}
