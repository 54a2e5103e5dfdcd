namespace IoMTAD.Recording;

/// <param name="Broken">The first event that does not fit, or null.</param>
public sealed record ChainReport(long Events, int Streams, StoredEvent? Broken, string? Reason);

/// <summary>Walks all streams in the order of commits and finds the first event that was changed, inserted, moved or removed.</summary>
/// <remarks>The removal of a stream's last events shows only against a hash kept elsewhere.</remarks>
public static class ChainVerification
{
    public static async Task<ChainReport> VerifyAsync(IAsyncEnumerable<StoredEvent> events, CancellationToken cancellation = default)
    {
        var heads = new Dictionary<string, (int Version, string Hash)>();
        long count = 0;
        await foreach (var @event in events.WithCancellation(cancellation))
        {
            count++;
            var (version, hash) = heads.GetValueOrDefault(@event.Stream, (0, HashChain.Genesis));
            var reason =
                @event.Version != version + 1 ? $"version {@event.Version} follows {version}"
                : @event.PreviousHash != hash ? "its predecessor's hash is another one"
                : !HashChain.Holds(@event) ? "its content does not give its hash"
                : null;
            if (reason is not null) return new ChainReport(count, heads.Count, @event, reason);
            heads[@event.Stream] = (@event.Version, @event.Hash);
        }
        return new ChainReport(count, heads.Count, null, null);
    }
}
