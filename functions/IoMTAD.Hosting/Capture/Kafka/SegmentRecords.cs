using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using IoMTAD.Capture;

namespace IoMTAD.Hosting.Capture.Kafka;

/// <summary>A segment as a Kafka record: the key is the device, the value the bytes, the header says what they are.</summary>
public static class SegmentRecords
{
    public const string ContentType = "content-type";

    private const long NanosecondsPerMillisecond = 1_000_000;
    /// <summary>Bytes; far more than an address or a capture's name has, and no more than a database's index takes.</summary>
    private const int LongestKey = 512;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (SegmentContent Content, string Name)[] Contents =
    [
        (SegmentContent.Pcap, "application/vnd.tcpdump.pcap"),
        (SegmentContent.CicIoMT2024V1, "text/csv; schema=ciciomt2024-v1"),
        (SegmentContent.CicIoMT2024V2, "text/csv; schema=ciciomt2024-v2"),
    ];

    public static Message<byte[], byte[]> Write(Segment segment)
    {
        var message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(segment.Device),
            Value = Bytes(segment.Value),
            Headers = [new Header(ContentType, Encoding.ASCII.GetBytes(Array.Find(Contents, c => c.Content == segment.Content).Name))],
        };
        // Only where it says something: brokers delete by it, and would drop an old capture as soon as it is replayed.
        if (segment.RecordedNanoseconds != 0)
            message.Timestamp = new Timestamp(segment.RecordedNanoseconds / NanosecondsPerMillisecond, TimestampType.CreateTime);
        return message;
    }

    /// <returns>False for a record that is no segment; then <paramref name="fault"/> says why.</returns>
    public static bool TryRead(
        ConsumeResult<byte[], byte[]> record, [NotNullWhen(true)] out Segment? segment, [NotNullWhen(false)] out string? fault)
    {
        segment = null;
        var message = record.Message;
        if (message.Key is not { Length: > 0 }) fault = "the record has no key: it should be the device's address";
        else if (!TryDecode(message.Key, out var device) || device.Any(char.IsControl)) fault = "the key is not plain UTF-8 text";
        else if (message.Key.Length > LongestKey) fault = $"the key has {message.Key.Length} bytes, more than {LongestKey}: it should be the device's address";
        else if (message.Value is not { Length: > 0 }) fault = "the record has no value";
        else if (message.Headers is null || !message.Headers.TryGetLastBytes(ContentType, out var type) || type is null)
            fault = "the record has no content-type header";
        else if (Array.FindIndex(Contents, c => type.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(c.Name))) is var known && known < 0)
            fault = $"unknown content-type '{Encoding.UTF8.GetString(type.AsSpan(0, Math.Min(type.Length, 100)))}'";
        else
        {
            fault = null;
            segment = new Segment(device, Contents[known].Content, new(record.Topic, record.Partition.Value, record.Offset.Value), message.Value,
                message.Timestamp.Type == TimestampType.NotAvailable ? 0 : message.Timestamp.UnixTimestampMs * NanosecondsPerMillisecond);
        }
        return fault is null;
    }

    private static bool TryDecode(byte[] bytes, out string text)
    {
        try
        {
            text = Utf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var part) && part.Array is { } whole && part.Count == whole.Length ? whole : value.ToArray();
}
