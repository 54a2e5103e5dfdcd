using System.Text;
using System.Threading.Channels;
using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Capture;
using IoMTAD.Local.Capture.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Capture.Kafka;

/// <summary>Makes records, and reads them past the code that is tested.</summary>
internal static class Records
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Ends a test that would hang.</summary>
    public static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }

    /// <summary>A segment whose bytes are its own.</summary>
    public static Segment Segment(int number, int devices = 1, int bytes = 40)
    {
        var value = new byte[bytes];
        new Random(number).NextBytes(value);
        return new Segment($"02:00:00:00:00:{number % devices:x2}", SegmentContent.Pcap, default, value);
    }

    public static async Task SendAsync(KafkaSettings settings, IEnumerable<Segment> segments, CancellationToken cancellation)
    {
        await using var producer = new KafkaSegmentProducer(settings, NullLogger.Instance);
        foreach (var segment in segments) await producer.SendAsync(segment, cancellation);
        await producer.FlushAsync(cancellation);
    }

    public static async Task SendAsync(KafkaSettings settings, params Message<byte[], byte[]>[] messages)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(settings.Producer()).SetLogHandler((_, _) => { }).Build();
        foreach (var message in messages) await producer.ProduceAsync(settings.Topic, message);
    }

    public static Message<byte[], byte[]> Poison() => new()
    {
        Key = [0xFF, 0, 7], Value = [0, 1, 2, 0xFE], Headers = new Headers { { "trace", [0x80, 0] }, { "content-type", "text/plain"u8.ToArray() } },
    };

    /// <summary>Reads this many segments; <paramref name="commit"/> says whether they are then done with.</summary>
    public static async Task<List<Segment>> ReadAsync(KafkaTrafficSource source, int count, bool commit, CancellationToken cancellation)
    {
        var read = new List<Segment>();
        await foreach (var batch in source.ReadAsync(cancellation))
        {
            read.AddRange(batch.Segments);
            if (commit) await source.CommittedAsync(batch, cancellation);
            if (read.Count >= count) return read;
        }
        Assert.Fail($"waited for {count} segments and got {read.Count}");
        return read;
    }

    /// <summary>Reads and commits until cancelled.</summary>
    public static async Task ReadIntoAsync(KafkaTrafficSource source, ChannelWriter<Segment> segments, CancellationToken cancellation)
    {
        await foreach (var batch in source.ReadAsync(cancellation))
        {
            await source.CommittedAsync(batch, CancellationToken.None);
            foreach (var segment in batch.Segments) segments.TryWrite(segment);
        }
    }

    /// <summary>What a topic's partition 0 holds, read without a group.</summary>
    public static List<Message<byte[], byte[]>> ReadTopic(KafkaSettings settings, string topic)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(settings.Consumer()).SetLogHandler((_, _) => { }).Build();
        var partition = new TopicPartition(topic, 0);
        var end = consumer.QueryWatermarkOffsets(partition, Patience).High;
        consumer.Assign(new TopicPartitionOffset(partition, Offset.Beginning));
        var messages = new List<Message<byte[], byte[]>>();
        while (messages.Count < end) messages.Add(consumer.Consume(Patience).Message);
        return messages;
    }

    public static string Text(this Headers headers, string name) => Encoding.UTF8.GetString(headers.GetLastBytes(name));

    public static IEnumerable<string> Hex(this IEnumerable<Segment> segments) => segments.Select(s => Convert.ToHexString(s.Value.Span));
}
