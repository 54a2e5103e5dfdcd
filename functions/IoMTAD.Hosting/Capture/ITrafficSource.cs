using IoMTAD.Capture;

namespace IoMTAD.Hosting.Capture;

/// <summary>Consecutive records of one partition.</summary>
/// <param name="Segments">In the order of their offsets.</param>
public sealed record TrafficBatch(string Topic, int Partition, IReadOnlyList<Segment> Segments)
{
    /// <summary>Offsets, in order, of records that came and are no segments: they are among the dead letters.</summary>
    public IReadOnlyList<long> Unreadable { get; init; } = [];

    /// <summary>Where its last record stands, readable or not.</summary>
    public TrafficPosition Last => new(Topic, Partition,
        Math.Max(Segments.Count > 0 ? Segments[^1].Position.Offset : -1, Unreadable.Count > 0 ? Unreadable[^1] : -1));
}

/// <summary>Where segments come from: files, the simulator, Kafka.</summary>
public interface ITrafficSource : IAsyncDisposable
{
    /// <summary>Batches in order within each partition; ends where the source does.</summary>
    IAsyncEnumerable<TrafficBatch> ReadAsync(CancellationToken cancellation);

    /// <summary>What the batch came to is stored: the source need not bring it again.</summary>
    Task CommittedAsync(TrafficBatch batch, CancellationToken cancellation);

    /// <summary>Nothing of this segment could be read: its bytes are kept where people find them.</summary>
    Task RejectAsync(Segment segment, string fault, CancellationToken cancellation);
}
