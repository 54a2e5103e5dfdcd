using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Records;

namespace IoMTAD.Recording;

/// <summary>Walks all events in the order of commits and finds the first that was changed, inserted, moved or removed, and the first whose evidence or
/// text is not what was recorded. What is appended meanwhile is left for the next time.</summary>
/// <remarks>The removal of the store's last commits, seals and all, shows only against an <see cref="Anchor"/>, or where an index still knows them.</remarks>
public sealed class ChainVerification(IEventStore store)
{
    private readonly StreamChains streams = new();
    private readonly Dictionary<TrafficPosition, StoredEvent> missingEvidence = [];
    private readonly Dictionary<string, StoredEvent> missingTexts = [];
    private readonly HashSet<TrafficPosition> expired = [];
    private long events, evidence, texts, removed;

    /// <summary>Seals that were noted elsewhere.</summary>
    public IReadOnlyList<Anchor> Anchors { get; init; } = [];

    /// <summary>What a derived index knows of the event at a position; null where it knows of none.</summary>
    public Func<long, Task<EventTrace?>> Trace { get; init; } = _ => Task.FromResult<EventTrace?>(null);

    /// <summary>Is told the part done, 0 to 1.</summary>
    public Action<double> Progress { get; init; } = _ => { };

    public async Task<ChainReport> VerifyAsync(CancellationToken cancellation = default)
    {
        var head = await store.ReadSealedHeadAsync(cancellation);
        var byNumber = Anchors.GroupBy(a => a.Number).ToDictionary(a => a.Key, a => a.Last());
        var until = head.Seal?.Number ?? 0;
        await using var seals = new SealChain(
            store.ReadSealsAsync(1, cancellation).TakeWhile(s => s.Number <= until).GetAsyncEnumerator(cancellation), byNumber);
        var breach = await WalkAsync(head, seals, cancellation) ?? await TailAsync(head, cancellation) ?? Unrecorded();
        return new ChainReport(events, streams.Count, seals.Count, evidence, texts, removed, breach is null ? null : await NamedAsync(breach, seals.Gaps));
    }

    private async Task<Breach?> WalkAsync(StoreHead head, SealChain seals, CancellationToken cancellation)
    {
        // A store that has no seal yet is one from before there were seals: its streams still have to hold.
        var sealedUntil = head.Seal is null ? 0 : head.Position;
        await foreach (var @event in store.ReadAllAsync(0, cancellation))
        {
            if (@event.Position > head.Position) break;
            if (sealedUntil > 0 && await seals.FollowAsync(@event) is { } misplaced) return misplaced;
            if (streams.Follow(@event) is { } reason) return Breach.At(@event, reason);
            if (await CheckContentAsync(@event, seals, head.Seal is not null, cancellation) is { } untrue) return Breach.At(@event, untrue);
            if (events++ % 1000 == 0) Progress((double)@event.Position / Math.Max(1, head.Position));
        }
        return await seals.EndAsync();
    }

    private async Task<string?> CheckContentAsync(StoredEvent @event, SealChain seals, bool isSealed, CancellationToken cancellation)
    {
        switch (@event.Event)
        {
            case AnomalyObserved { SegmentSha256: { } sha256 } observed:
                if (await store.ReadEvidenceAsync(observed.Position, cancellation) is not { } kept) Miss(observed.Position, @event);
                else if (!kept.Holds(sha256)) return "its segment's bytes are not those that were recorded";
                else if (isSealed && !seals.Covers(kept)) return "what is kept beside its segment's bytes is not what was recorded";
                else evidence++;
                return null;
            case NoteAdded note:
                if (await store.ReadTextAsync(note.Text, cancellation) is not { } text) missingTexts.TryAdd(note.Text, @event);
                else if (!text.Holds()) return "its text is not the one that was recorded";
                else texts++;
                return null;
            case EvidenceExpired e:
                expired.UnionWith(e.Segments.Select(s => s.Position));
                removed += e.Segments.Count(s => missingEvidence.Remove(s.Position));
                return null;
            case TextErased erased:
                if (missingTexts.Remove(erased.Digest)) removed++;
                return null;
            default:
                return null;
        }
    }

    /// <summary>A segment that has expired stays away, whatever is found in it later.</summary>
    private void Miss(TrafficPosition position, StoredEvent @event)
    {
        if (!expired.Contains(position)) missingEvidence.TryAdd(position, @event);
    }

    /// <summary>The last commits are gone with their seals, and a derived index has not heard of it.</summary>
    private async Task<Breach?> TailAsync(StoreHead head, CancellationToken cancellation) =>
        await Trace(head.Position + 1) is not null && !await store.ReadAllAsync(head.Position + 1, cancellation).AnyAsync(cancellation)
            ? Breach.Missing(head.Position + 1)
            : null;

    private Breach? Unrecorded()
    {
        var gone = missingEvidence.Values.Select(e => Breach.At(e, "its segment is gone, and no expiry is on record"))
            .Concat(missingTexts.Values.Select(e => Breach.At(e, "its text is gone, and no erasure is on record")));
        return gone.MinBy(b => b.Position);
    }

    private async Task<Breach> NamedAsync(Breach breach, IReadOnlyList<long> gaps)
    {
        if (breach.IsMissing) return await TraceAsync(breach);
        // An older record may have gaps; one that the index knows an event in is none.
        foreach (var gap in gaps)
            if (gap <= breach.Position && await Trace(gap) is not null) return await TraceAsync(Breach.Missing(gap));
        return breach;
    }

    private async Task<Breach> TraceAsync(Breach breach) =>
        await Trace(breach.Position) is { } trace ? breach with { Type = trace.Type, Stream = trace.Stream } : breach;
}
