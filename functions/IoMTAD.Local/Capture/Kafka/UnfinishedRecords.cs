using Confluent.Kafka;
using IoMTAD.Capture;

namespace IoMTAD.Local.Capture.Kafka;

/// <summary>
/// What was handed out and is not finished, per partition in order. An offset may be committed once all before it is finished,
/// whatever order the batches finish in. Safe for use by several threads.
/// </summary>
internal sealed class UnfinishedRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TopicPartition, Queue<Entry>> _partitions = [];
    private readonly Dictionary<TopicPartition, Offset> _committable = [];

    public void Add(IReadOnlyList<ConsumeResult<byte[], byte[]>> batch)
    {
        lock (_gate) Entries(batch[0].TopicPartition).Enqueue(new Entry(batch));
    }

    /// <param name="last">The last record of the batch. One that is no longer ours is passed over.</param>
    public void Finish(TrafficPosition last)
    {
        lock (_gate)
        {
            var partition = new TopicPartition(last.Topic, last.Partition);
            if (!_partitions.TryGetValue(partition, out var entries)) return;
            foreach (var entry in entries)
                if (entry.Records[^1].Offset == last.Offset) entry.IsFinished = true;
            Advance(partition);
        }
    }

    public ConsumeResult<byte[], byte[]>? Find(TrafficPosition position)
    {
        lock (_gate)
        {
            return _partitions.TryGetValue(new(position.Topic, position.Partition), out var entries)
                ? entries.SelectMany(e => e.Records).FirstOrDefault(r => r.Offset == position.Offset)
                : null;
        }
    }

    public List<TopicPartitionOffset> Committable()
    {
        lock (_gate) return [.. _committable.Select(p => new TopicPartitionOffset(p.Key, p.Value))];
    }

    public void Committed(IEnumerable<TopicPartitionOffset> offsets)
    {
        lock (_gate)
            foreach (var o in offsets)
                if (_committable.TryGetValue(o.TopicPartition, out var offset) && offset == o.Offset) _committable.Remove(o.TopicPartition);
    }

    public void Forget(TopicPartition partition)
    {
        lock (_gate)
        {
            _partitions.Remove(partition);
            _committable.Remove(partition);
        }
    }

    private Queue<Entry> Entries(TopicPartition partition) =>
        _partitions.TryGetValue(partition, out var entries) ? entries : _partitions[partition] = new Queue<Entry>();

    private void Advance(TopicPartition partition)
    {
        var entries = _partitions[partition];
        while (entries.TryPeek(out var first) && first.IsFinished) _committable[partition] = entries.Dequeue().Next;
    }

    private sealed class Entry(IReadOnlyList<ConsumeResult<byte[], byte[]>> records)
    {
        public IReadOnlyList<ConsumeResult<byte[], byte[]>> Records { get; } = records;

        public Offset Next => Records[^1].Offset + 1;

        public bool IsFinished { get; set; }
    }
}
