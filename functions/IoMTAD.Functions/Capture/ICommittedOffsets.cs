using IoMTAD.Capture;

namespace IoMTAD.Functions.Capture;

/// <summary>How far the trigger's consumer group says it has read.</summary>
public interface ICommittedOffsets
{
    /// <returns>Of each partition for which something was committed, the first record that was not.</returns>
    /// <exception cref="IOException">The brokers do not answer.</exception>
    Task<IReadOnlyList<TrafficPosition>> ReadAsync(CancellationToken cancellation);
}
