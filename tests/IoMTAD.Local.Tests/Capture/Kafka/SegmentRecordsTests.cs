using System.Text;
using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Capture.Kafka;

namespace IoMTAD.Local.Tests.Capture.Kafka;

public sealed class SegmentRecordsTests
{
    [Theory]
    [InlineData(SegmentContent.Pcap, "application/vnd.tcpdump.pcap")]
    [InlineData(SegmentContent.CicIoMT2024V1, "text/csv; schema=ciciomt2024-v1")]
    [InlineData(SegmentContent.CicIoMT2024V2, "text/csv; schema=ciciomt2024-v2")]
    public void A_segment_reads_back_from_its_record(SegmentContent content, string contentType)
    {
        var segment = new Segment("Überwachung 3", content, new("t", 2, 7), new byte[] { 0, 255, 10 }, 1_700_000_000_123_000_000);

        var message = SegmentRecords.Write(segment);

        Assert.Equal("Überwachung 3"u8.ToArray(), message.Key);
        Assert.Equal(contentType, message.Headers.Text("content-type"));
        Assert.True(SegmentRecords.TryRead(Received(message), out var read, out _));
        Assert.Equal(segment with { Value = read.Value }, read);
        Assert.True(read.Value.Span.SequenceEqual(segment.Value.Span));
    }

    [Fact]
    public void Part_of_a_larger_buffer_is_sent_without_the_rest()
    {
        var buffer = new byte[] { 9, 1, 2, 9 };
        Assert.Equal([1, 2], SegmentRecords.Write(new Segment("d", SegmentContent.Pcap, default, buffer.AsMemory(1, 2))).Value);
    }

    [Fact]
    public void A_record_that_is_no_segment_says_why()
    {
        Assert.Equal("the record has no key: it should be the device's address", Fault(m => m.Key = null!));
        Assert.Equal("the record has no key: it should be the device's address", Fault(m => m.Key = []));
        Assert.Equal("the key is not plain UTF-8 text", Fault(m => m.Key = [0xC3, 0x28]));
        Assert.Equal("the key has 513 bytes, more than 512: it should be the device's address", Fault(m => m.Key = [.. Enumerable.Repeat((byte)'a', 513)]));
        Assert.Equal("the record has no value", Fault(m => m.Value = null!));
        Assert.Equal("the record has no content-type header", Fault(m => m.Headers = null!));
        Assert.Equal("the record has no content-type header", Fault(m => m.Headers = []));
        Assert.Equal("the record has no content-type header", Fault(m => m.Headers = new Headers { { "content-type", null! } }));
        Assert.Equal("unknown content-type 'text/csv'", Fault(m => m.Headers = new Headers { { "content-type", "text/csv"u8.ToArray() } }));
        Assert.StartsWith("unknown content-type '", Fault(m => m.Headers = new Headers { { "content-type", new byte[100_000] } }));
    }

    private static string Fault(Action<Message<byte[], byte[]>> spoil)
    {
        var message = SegmentRecords.Write(new Segment("d", SegmentContent.Pcap, default, Encoding.ASCII.GetBytes("value")));
        spoil(message);
        Assert.False(SegmentRecords.TryRead(Received(message), out var segment, out var fault));
        Assert.Null(segment);
        Assert.InRange(fault.Length, 1, 200);
        return fault;
    }

    private static ConsumeResult<byte[], byte[]> Received(Message<byte[], byte[]> message) =>
        new() { Message = message, TopicPartitionOffset = new TopicPartitionOffset("t", 2, 7) };
}
