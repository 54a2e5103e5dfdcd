namespace IoMTAD.Recording;

/// <summary>Follows the chains of all streams at once, event by event in the order of commits.</summary>
public sealed class StreamChains
{
    private readonly Dictionary<string, (int Version, string Hash)> heads = [];

    public int Count => heads.Count;

    /// <returns>Why the event does not follow; null where it does.</returns>
    public string? Follow(StoredEvent @event)
    {
        var (version, hash) = heads.GetValueOrDefault(@event.Stream, (0, HashChain.Genesis));
        var reason =
            @event.Version != version + 1 ? $"version {@event.Version} follows {version}"
            : @event.PreviousHash != hash ? "its predecessor's hash is another one"
            : !HashChain.Holds(@event) ? "its content does not give its hash"
            : null;
        if (reason is null) heads[@event.Stream] = (@event.Version, @event.Hash);
        return reason;
    }
}
