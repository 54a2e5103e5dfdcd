using System.Threading.Channels;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture.Kafka;
using IoMTAD.Local.Capture.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using IoMTAD.Tests;

namespace IoMTAD.Local.Tests.Capture.Kafka;

[Collection(KafkaCollection.Name)]
[Trait("Category", "Slow")]
public sealed class KafkaTrafficSourceTests(MockBroker broker) : IDisposable
{
    private readonly CancellationTokenSource _limit = Records.Limit();

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task Segments_arrive_byte_for_byte_with_each_device_in_order_on_one_partition()
    {
        var settings = broker.Cluster.NewTopic(partitions: 4);
        var sent = Enumerable.Range(0, 500).Select(i => Records.Segment(i, devices: 7)).ToList();
        await Records.SendAsync(settings, sent, _limit.Token);

        await using var source = Open(settings, batch: 32);
        var read = await Records.ReadAsync(source, sent.Count, commit: true, _limit.Token);

        Assert.Equal(sent.Count, read.Count);
        foreach (var device in sent.GroupBy(s => s.Device, StringComparer.Ordinal))
        {
            var arrived = read.Where(s => s.Device == device.Key).ToList();
            Assert.Equal(device.Hex(), arrived.Hex());
            Assert.Single(arrived.Select(s => s.Position.Partition).Distinct());
        }
        Assert.True(read.Select(s => s.Position.Partition).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Batches_are_consecutive_records_of_one_partition_and_bounded()
    {
        var settings = broker.Cluster.NewTopic(partitions: 2);
        await Records.SendAsync(settings, Enumerable.Range(0, 100).Select(i => Records.Segment(i, devices: 9)), _limit.Token);

        await using var source = Open(settings, batch: 8);
        var left = 100;
        await foreach (var batch in source.ReadAsync(_limit.Token))
        {
            Assert.InRange(batch.Segments.Count, 1, 8);
            Assert.All(batch.Segments.Index(), s =>
                Assert.Equal(new TrafficPosition(settings.Topic, batch.Partition, batch.Segments[0].Position.Offset + s.Index), s.Item.Position));
            if ((left -= batch.Segments.Count) == 0) break;
        }
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task What_was_not_committed_comes_again_and_what_was_does_not()
    {
        var settings = broker.Cluster.NewTopic();
        var sent = Enumerable.Range(0, 6).Select(i => Records.Segment(i)).ToList();
        await Records.SendAsync(settings, sent, _limit.Token);

        await using (var dies = Open(settings)) Assert.Equal(sent.Hex(), (await Records.ReadAsync(dies, 6, commit: false, _limit.Token)).Hex());
        await using (var again = Open(settings)) Assert.Equal(sent.Hex(), (await Records.ReadAsync(again, 6, commit: true, _limit.Token)).Hex());
        var later = Records.Segment(6);
        await Records.SendAsync(settings, [later], _limit.Token);
        await using var last = Open(settings);
        Assert.Equal(new[] { later }.Hex(), (await Records.ReadAsync(last, 1, commit: true, _limit.Token)).Hex());
    }

    [Fact]
    public async Task A_poison_record_goes_to_the_dead_letters_byte_for_byte_and_its_neighbours_are_delivered()
    {
        using var measured = new Measured();
        var settings = broker.Cluster.NewTopic();
        var (before, after) = (Records.Segment(1), Records.Segment(2));
        await Records.SendAsync(settings, SegmentRecords.Write(before), Records.Poison(), SegmentRecords.Write(after));

        await using var source = Open(settings);
        var read = await Records.ReadAsync(source, 2, commit: true, _limit.Token);

        Assert.Equal(new[] { before, after }.Hex(), read.Hex());
        Assert.Contains(1, measured.Of("iomtad.traffic.deadletters"));
        var letter = Assert.Single(Records.ReadTopic(settings, settings.DeadLetterTopic));
        Assert.Equal(Records.Poison().Key, letter.Key);
        Assert.Equal(Records.Poison().Value, letter.Value);
        Assert.Equal(["trace", "content-type", "error", "source-topic", "source-partition", "source-offset"], letter.Headers.Select(h => h.Key));
        Assert.Equal([0x80, 0], letter.Headers.GetLastBytes("trace"));
        Assert.Equal("text/plain", letter.Headers.Text("content-type"));
        Assert.Equal("the key is not plain UTF-8 text", letter.Headers.Text("error"));
        Assert.Equal((settings.Topic, "0", "1"),
            (letter.Headers.Text("source-topic"), letter.Headers.Text("source-partition"), letter.Headers.Text("source-offset")));
    }

    [Fact]
    public async Task Poison_at_the_end_of_what_was_read_is_not_read_twice()
    {
        var settings = broker.Cluster.NewTopic();
        await Records.SendAsync(settings, Records.Poison(), SegmentRecords.Write(Records.Segment(1)), Records.Poison(), Records.Poison());
        await using (var source = Open(settings)) await Records.ReadAsync(source, 1, commit: true, _limit.Token);

        await Records.SendAsync(settings, SegmentRecords.Write(Records.Segment(2)));
        await using (var source = Open(settings)) await Records.ReadAsync(source, 1, commit: true, _limit.Token);

        Assert.Equal(["0", "2", "3"], Records.ReadTopic(settings, settings.DeadLetterTopic).Select(m => m.Headers.Text("source-offset")));
    }

    [Fact]
    public async Task A_rejected_segment_goes_to_the_dead_letters_with_all_its_headers()
    {
        var settings = broker.Cluster.NewTopic();
        var original = SegmentRecords.Write(Records.Segment(1));
        original.Headers.Add("trace", [1]);
        await Records.SendAsync(settings, original);

        await using var source = Open(settings);
        var read = await Records.ReadAsync(source, 1, commit: false, _limit.Token);
        await source.RejectAsync(read[0], "not a pcap file", _limit.Token);

        var letter = Assert.Single(Records.ReadTopic(settings, settings.DeadLetterTopic));
        Assert.Equal(original.Key, letter.Key);
        Assert.Equal(original.Value, letter.Value);
        Assert.Equal([1], letter.Headers.GetLastBytes("trace"));
        Assert.Equal("not a pcap file", letter.Headers.Text("error"));
    }

    [Fact]
    public async Task A_second_instance_takes_over_partitions_which_the_first_is_told_of()
    {
        var settings = broker.Cluster.NewTopic(partitions: 2);
        await Records.SendAsync(settings, Enumerable.Range(0, 20).Select(i => Records.Segment(i, devices: 10)), _limit.Token);
        await using var first = Open(settings);
        await using var second = Open(settings);
        var revoked = new TaskCompletionSource<(string Topic, int Partition)>();
        first.Revoked += (topic, partition) => revoked.TrySetResult((topic, partition));
        await Records.ReadAsync(first, 20, commit: true, _limit.Token);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        var arrived = Channel.CreateUnbounded<Segment>();
        var (a, b) = (Records.ReadIntoAsync(first, arrived, stop.Token), Records.ReadIntoAsync(second, arrived, stop.Token));
        Assert.Equal(settings.Topic, (await revoked.Task.WaitAsync(_limit.Token)).Topic);
        var sent = Enumerable.Range(20, 20).Select(i => Records.Segment(i, devices: 10)).ToList();
        await Records.SendAsync(settings, sent, _limit.Token);
        var all = new HashSet<string>(StringComparer.Ordinal);
        while (all.Count < sent.Count) all.UnionWith(new[] { await arrived.Reader.ReadAsync(_limit.Token) }.Hex());
        await stop.CancelAsync();
        await Task.WhenAll(a, b);

        Assert.True(all.SetEquals(sent.Hex()));
    }

    [Fact]
    public async Task Cancellation_ends_the_stream_without_an_exception()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        await using var source = Open(broker.Cluster.NewTopic());
        var reading = Records.ReadIntoAsync(source, Channel.CreateUnbounded<Segment>(), stop.Token);
        await stop.CancelAsync();
        await reading;
        Assert.False(_limit.IsCancellationRequested);
    }

    private static KafkaTrafficSource Open(KafkaSettings settings, int batch = KafkaTrafficSource.DefaultBatch) =>
        new(settings, NullLogger.Instance, batch);
}
