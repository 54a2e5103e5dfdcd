namespace IoMTAD.Capture;

/// <summary>Where a record stands in the stream it came by: enough to find it again and to recognise a repeat.</summary>
/// <param name="Topic">Kafka topic, or the name of the file that was read.</param>
public readonly record struct TrafficPosition(string Topic, int Partition, long Offset);

/// <summary>What the bytes of a segment are; the record's <c>content-type</c> header says so on the wire.</summary>
public enum SegmentContent
{
    /// <summary>A self-contained pcap file: <c>application/vnd.tcpdump.pcap</c>.</summary>
    Pcap,

    /// <summary>A header line and up to ten dataset rows: <c>text/csv; schema=ciciomt2024-v1</c>.</summary>
    CicIoMT2024V1,

    /// <summary>The same with the 39 columns of the later release: <c>text/csv; schema=ciciomt2024-v2</c>.</summary>
    CicIoMT2024V2,
}

/// <summary>A run of consecutive frames of one device (at most 100, within one second), as one traffic record.</summary>
/// <param name="Device">The key: MAC, else IP, else the name of the capture the rows came from.</param>
/// <param name="Value">The record's value: for <see cref="SegmentContent.Pcap"/> a small pcap file that any tool opens.</param>
/// <param name="RecordedNanoseconds">The record's own time stamp, for content that carries no time; nanoseconds since the Unix epoch.</param>
public sealed record Segment(
    string Device, SegmentContent Content, TrafficPosition Position, ReadOnlyMemory<byte> Value, long RecordedNanoseconds = 0);
