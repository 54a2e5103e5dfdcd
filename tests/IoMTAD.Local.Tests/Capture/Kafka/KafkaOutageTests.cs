using System.Threading.Channels;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Capture.Kafka;
using IoMTAD.Local.Commands;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Local.Tests.Capture.Kafka;

/// <summary>Each on a cluster of its own, for they break it.</summary>
[Trait("Category", "Slow")]
public sealed class KafkaOutageTests : IDisposable
{
    private readonly CancellationTokenSource _limit = Records.Limit();
    private readonly MockCluster _cluster = new();

    public void Dispose()
    {
        _cluster.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_source_that_ends_while_the_broker_is_away_does_not_say_that_it_came_back()
    {
        var settings = _cluster.NewTopic();
        var log = new CapturedLog();
        await Records.SendAsync(settings, [Records.Segment(1)], _limit.Token);
        await using (var source = new KafkaTrafficSource(settings, log))
        {
            var read = Channel.CreateUnbounded<Segment>();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
            var reading = Records.ReadIntoAsync(source, read.Writer, stop.Token);
            await read.Reader.ReadAsync(_limit.Token);
            _cluster.Stop();
            await log.UntilAsync("trying on", _limit.Token);
            await stop.CancelAsync();
            await reading;
        }
        log.LogInformation("the end");
        Assert.DoesNotContain(await log.UntilAsync("the end", _limit.Token), line => line.Contains("answers again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_that_goes_and_comes_back_is_logged_once_each_and_loses_nothing()
    {
        var settings = _cluster.NewTopic();
        var log = new CapturedLog();
        await Records.SendAsync(settings, [Records.Segment(1)], _limit.Token);
        await using var source = new KafkaTrafficSource(settings, log);
        var read = Channel.CreateUnbounded<Segment>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        var reading = Records.ReadIntoAsync(source, read.Writer, stop.Token);
        await read.Reader.ReadAsync(_limit.Token);
        await log.UntilAsync("partitions 0", _limit.Token);

        _cluster.Stop();
        await log.UntilAsync("trying on", _limit.Token);
        _cluster.Start();
        // On a busy machine the client may say besides that its session ran out.
        var said = (await log.UntilAsync("answers again", _limit.Token)).Where(line => line.StartsWith("Kafka at ", StringComparison.Ordinal));
        Assert.Equal([$"Kafka at {settings.Brokers} answers again"], said);
        await Records.SendAsync(settings, [Records.Segment(2)], _limit.Token);

        Assert.Equal(new[] { Records.Segment(2) }.Hex(), new[] { await read.Reader.ReadAsync(_limit.Token) }.Hex());
        await stop.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task A_source_that_starts_before_its_broker_waits_for_it()
    {
        var settings = _cluster.NewTopic();
        await Records.SendAsync(settings, [Records.Segment(1)], _limit.Token);
        _cluster.Stop();
        var log = new CapturedLog();
        await using var source = new KafkaTrafficSource(settings, log);
        var reading = Records.ReadAsync(source, 1, commit: true, _limit.Token);
        await log.UntilAsync("trying on", _limit.Token);
        _cluster.Start();
        Assert.Single(await reading);
    }

    [Fact]
    public async Task A_dead_letter_that_is_refused_is_tried_again_and_nothing_is_skipped()
    {
        var settings = _cluster.NewTopic();
        await Records.SendAsync(settings, Records.Poison(), SegmentRecords.Write(Records.Segment(1)));
        _cluster.Fail(MockCluster.Produce, MockCluster.TopicAuthorizationFailed, MockCluster.TopicAuthorizationFailed);

        await using var source = new KafkaTrafficSource(settings, NullLogger.Instance);
        var read = await Records.ReadAsync(source, 1, commit: true, _limit.Token);

        Assert.Equal(1, read[0].Position.Offset);
        Assert.Single(Records.ReadTopic(settings, settings.DeadLetterTopic));
    }

    [Fact]
    public async Task A_segment_that_the_broker_refuses_is_an_error_that_names_broker_and_device()
    {
        var settings = _cluster.NewTopic();
        await using var producer = new KafkaSegmentProducer(settings, NullLogger.Instance);
        _cluster.Fail(MockCluster.Produce, MockCluster.TopicAuthorizationFailed);
        await producer.SendAsync(Records.Segment(1), _limit.Token);

        var error = await Assert.ThrowsAsync<CommandException>(() => producer.FlushAsync(_limit.Token));

        Assert.Contains(settings.Brokers, error.Message);
        Assert.Contains(Records.Segment(1).Device, error.Message);
        Assert.Equal(0, producer.Delivered);
        await Assert.ThrowsAsync<CommandException>(() => producer.SendAsync(Records.Segment(2), _limit.Token).AsTask());
    }

    [Fact]
    public async Task While_the_broker_is_gone_sending_waits_and_then_goes_on()
    {
        var settings = _cluster.NewTopic();
        _cluster.Stop();
        await using var producer = new KafkaSegmentProducer(settings, NullLogger.Instance, bytesInFlight: 10_000);
        var sent = 0;
        ValueTask waits;
        while ((waits = producer.SendAsync(Records.Segment(sent++, bytes: 1000), _limit.Token)).IsCompletedSuccessfully) Assert.InRange(sent, 1, 10);

        _cluster.Start();
        await waits;
        await producer.FlushAsync(_limit.Token);
        Assert.Equal(sent, producer.Delivered);
    }
}
