namespace IoMTAD.Functions.Capture;

/// <summary>How far the trigger's consumer group says it has read.</summary>
public interface ICommittedOffsets
{
    /// <returns>Each partition of the topic.</returns>
    /// <exception cref="IOException">The brokers do not answer.</exception>
    Task<IReadOnlyList<GroupOffsets>> ReadAsync(CancellationToken cancellation);
}
