using IoMTAD.Capture;

namespace IoMTAD.Features;

/// <summary>Turns segments of any content into sequences of one schema.</summary>
public sealed class SegmentReader(FeatureSchema schema)
{
    private readonly SegmentFeatures captures = new();
    private readonly RowFeatures rows = new(schema);

    /// <summary>Appends one sequence to the batch, or none where the summary's <c>Steps</c> is 0.</summary>
    public SegmentSummary Read(Segment segment, SequenceBatch batch) => segment.Content switch
    {
        SegmentContent.Pcap when schema == WindowSchema.Schema => captures.Extract(AddressOf(segment), segment.Value.Span, batch),
        SegmentContent.CicIoMT2024V1 when schema == CicIoMT2024.V1 => rows.Extract(segment.Value.Span, batch),
        SegmentContent.CicIoMT2024V2 when schema == CicIoMT2024.V2 => rows.Extract(segment.Value.Span, batch),
        _ => new SegmentSummary(0, 0, 0, 0, 0, 0, $"{segment.Content} content, but the model reads {schema.Name}"),
    };

    // A key that is no address names no endpoint of any frame: all traffic then counts as inbound.
    internal static DeviceAddress AddressOf(Segment segment) => DeviceAddress.TryParse(segment.Device, out var address) ? address : default;
}
