using IoMTAD.Policy;

namespace IoMTAD.Recording;

/// <summary>An event as the store holds it.</summary>
/// <param name="Position">Order of commits over all streams, ascending, from 1, without gaps since there are seals.</param>
/// <param name="Version">Order within the stream, from 1, without gaps.</param>
/// <param name="OccurredAt">Traffic time.</param>
/// <param name="RecordedAt">The host's clock at the commit; outside the chain, so that a replay yields the same chain.</param>
/// <param name="Data">The event as JSON, exactly as it was hashed.</param>
/// <param name="Hash">See <see cref="HashChain"/>.</param>
public sealed record StoredEvent(
    long Position, string Stream, int Version, string Id, string Type, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Data,
    string PreviousHash, string Hash)
{
    private DomainEvent? parsed;

    /// <summary>Null for a type that this version does not know.</summary>
    public DomainEvent? Event => parsed ??= EventTypes.Deserialize(Type, Data);
}
