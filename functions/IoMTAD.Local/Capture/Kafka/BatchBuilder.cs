using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;

namespace IoMTAD.Local.Capture.Kafka;

/// <summary>The batch that is being gathered: consecutive records of one partition.</summary>
internal sealed class BatchBuilder(int limit)
{
    private List<ConsumeResult<byte[], byte[]>> _records = [];
    private List<Segment> _segments = [];
    private List<long> _unreadable = [];

    public bool IsEmpty => _records.Count == 0;

    public bool IsFull => _records.Count == limit;

    public bool Accepts(ConsumeResult<byte[], byte[]> record) => IsEmpty || (!IsFull && _records[0].TopicPartition == record.TopicPartition);

    public void Add(ConsumeResult<byte[], byte[]> record, Segment segment)
    {
        _records.Add(record);
        _segments.Add(segment);
    }

    /// <summary>A record that is no segment and is among the dead letters: it is done with when the batch is.</summary>
    public void AddUnreadable(ConsumeResult<byte[], byte[]> record)
    {
        _records.Add(record);
        _unreadable.Add(record.Offset);
    }

    /// <summary>The partition went to somebody else, who will bring these records.</summary>
    public void Forget(TopicPartition partition)
    {
        if (!IsEmpty && _records[0].TopicPartition == partition) Clear();
    }

    public TrafficBatch Take(UnfinishedRecords unfinished)
    {
        unfinished.Add(_records);
        var batch = new TrafficBatch(_records[0].Topic, _records[0].Partition.Value, _segments) { Unreadable = _unreadable };
        Clear();
        return batch;
    }

    private void Clear() => (_records, _segments, _unreadable) = ([], [], []);
}
