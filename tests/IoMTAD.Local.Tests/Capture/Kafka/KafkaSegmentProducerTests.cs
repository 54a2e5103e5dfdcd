using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Capture.Kafka;
using IoMTAD.Local.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Capture.Kafka;

[Collection(KafkaCollection.Name)]
public sealed class KafkaSegmentProducerTests(MockBroker broker) : IDisposable
{
    private readonly CancellationTokenSource _limit = Records.Limit();

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task Progress_counts_up_to_all_segments_through_a_queue_far_smaller_than_they_are()
    {
        var settings = broker.Cluster.NewTopic();
        var told = new List<long>();
        await using var producer = new KafkaSegmentProducer(settings, NullLogger.Instance, told.Add, bytesInFlight: 10_000);
        foreach (var i in Enumerable.Range(0, 300)) await producer.SendAsync(Records.Segment(i, bytes: 2000), _limit.Token);
        await producer.FlushAsync(_limit.Token);

        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), told);
        Assert.Equal(300, Records.ReadTopic(settings, settings.Topic).Count);
    }

    [Fact]
    public async Task A_segment_larger_than_the_limit_is_an_error_and_not_a_loss()
    {
        await using var producer = new KafkaSegmentProducer(broker.Cluster.NewTopic(), NullLogger.Instance);
        var error = await Assert.ThrowsAsync<CommandException>(() => producer.SendAsync(Records.Segment(1, bytes: 2_000_000), _limit.Token).AsTask());
        Assert.Contains("too large", error.Message);
    }

    [Fact]
    public async Task Brokers_that_do_not_answer_are_named()
    {
        var nobody = new KafkaSettings("127.0.0.1:1", Properties: new Dictionary<string, string> { ["message.timeout.ms"] = "300" });
        var log = new CapturedLog();
        await using var producer = new KafkaSegmentProducer(nobody, log);
        await producer.SendAsync(Records.Segment(1), _limit.Token);

        var error = await Assert.ThrowsAsync<CommandException>(() => producer.FlushAsync(_limit.Token));

        Assert.Contains("127.0.0.1:1", error.Message);
        Assert.Contains("refused", Assert.Single(await log.UntilAsync("127.0.0.1:1", _limit.Token)));
    }
}
