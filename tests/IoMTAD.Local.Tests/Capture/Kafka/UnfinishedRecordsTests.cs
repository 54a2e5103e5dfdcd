using Confluent.Kafka;
using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Local.Capture.Kafka;

namespace IoMTAD.Local.Tests.Capture.Kafka;

public sealed class UnfinishedRecordsTests
{
    private static readonly TopicPartition Partition = new("t", 1);
    private readonly UnfinishedRecords _records = new();

    [Fact]
    public void Nothing_is_committable_before_it_is_finished()
    {
        Add(0, 3);
        Assert.Empty(_records.Committable());

        Finish(3);
        Assert.Equal([new(Partition, 4)], _records.Committable());

        _records.Committed(_records.Committable());
        Assert.Empty(_records.Committable());
    }

    [Fact]
    public void A_partition_that_went_away_is_forgotten()
    {
        Add(0, 3);
        _records.Forget(Partition);
        Finish(3);
        Assert.Empty(_records.Committable());
        Assert.Null(_records.Find(new("t", 1, 2)));
    }

    [Fact]
    public void A_commit_that_failed_is_overtaken_by_the_next()
    {
        Add(0, 3);
        Finish(3);
        var failed = _records.Committable();
        Add(4, 5);
        Finish(5);
        _records.Committed(failed);
        Assert.Equal([new(Partition, 6)], _records.Committable());
    }

    [Fact]
    public void In_whatever_order_batches_finish_only_what_has_no_gap_before_it_is_committable() =>
        Prop.ForAll(Gen.Choose(1, 20).Select(n => Enumerable.Range(0, n).ToArray()).SelectMany(Gen.Shuffle).ToArbitrary(), order =>
        {
            var records = new UnfinishedRecords();
            for (var i = 0; i < order.Length; i++) records.Add([Record(i)]);
            var finished = new HashSet<int>();
            return order.All(i =>
            {
                records.Finish(new("t", 1, i));
                finished.Add(i);
                var prefix = Enumerable.Range(0, order.Length).TakeWhile(finished.Contains).Count();
                return prefix == (records.Committable() is [var next] ? next.Offset.Value : 0);
            });
        }).QuickCheckThrowOnFailure();

    private void Add(int first, int last) => _records.Add([.. Enumerable.Range(first, last - first + 1).Select(i => Record(i))]);

    private void Finish(long last) => _records.Finish(new("t", 1, last));

    private static ConsumeResult<byte[], byte[]> Record(long offset) => new() { TopicPartitionOffset = new(Partition, offset) };
}
