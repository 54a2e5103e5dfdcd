using IoMTAD.Capture;

namespace IoMTAD.Hosting.Capture;

/// <summary>Consecutive segments of one partition.</summary>
public sealed record TrafficBatch(string Topic, int Partition, IReadOnlyList<Segment> Segments);

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
