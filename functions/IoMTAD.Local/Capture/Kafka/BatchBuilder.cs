using Confluent.Kafka;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;

namespace IoMTAD.Local.Capture.Kafka;

/// <summary>The batch that is being gathered: consecutive records of one partition.</summary>
internal sealed class BatchBuilder(int limit)
{
    private List<ConsumeResult<byte[], byte[]>> _records = [];
    private List<Segment> _segments = [];
    private Offset _next;

    public bool IsEmpty => _records.Count == 0;

    public bool IsFull => _records.Count == limit;

    public bool Accepts(ConsumeResult<byte[], byte[]> record) => IsEmpty || (!IsFull && _records[0].TopicPartition == record.TopicPartition);

    public void Add(ConsumeResult<byte[], byte[]> record, Segment segment)
    {
        _records.Add(record);
        _segments.Add(segment);
        _next = record.Offset + 1;
    }

    /// <summary>A fault behind the records gathered so far: it is done with when they are.</summary>
    public void PassOver(ConsumeResult<byte[], byte[]> record) => _next = record.Offset + 1;

    /// <summary>The partition went to somebody else, who will bring these records.</summary>
    public void Forget(TopicPartition partition)
    {
        if (!IsEmpty && _records[0].TopicPartition == partition) Clear();
    }

    public TrafficBatch Take(UnfinishedRecords unfinished)
    {
        unfinished.Add(_records, _next);
        var batch = new TrafficBatch(_records[0].Topic, _records[0].Partition.Value, _segments);
        Clear();
        return batch;
    }

    private void Clear() => (_records, _segments) = ([], []);
}
