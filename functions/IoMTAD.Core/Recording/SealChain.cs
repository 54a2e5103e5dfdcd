namespace IoMTAD.Recording;

/// <summary>Follows the seals beside the events that they close.</summary>
/// <param name="seals">In their order.</param>
internal sealed class SealChain(IAsyncEnumerator<Seal> seals, IReadOnlyDictionary<long, Anchor> anchors) : IAsyncDisposable
{
    private readonly HashSet<UInt128> evidence = [];
    private readonly List<long> gaps = [];
    private Seal? current;
    private SealBuilder? builder;
    private StoredEvent? first;
    private string hash = Seal.Genesis;
    private long number, last;

    /// <summary>Seals that held.</summary>
    public long Count { get; private set; }

    /// <summary>Positions that an older record lacks: it may never have had them.</summary>
    public IReadOnlyList<long> Gaps => gaps;

    /// <summary>Whether the seal over a segment's envelope has been seen, in this commit or an earlier one.</summary>
    public bool Covers(Evidence kept) => evidence.Contains(Short(kept.Seal()));

    /// <returns>Why the event cannot stand where it does, or what is wrong with the seal before it; null where all is well.</returns>
    public async Task<Breach?> FollowAsync(StoredEvent @event)
    {
        while (current is null || @event.Position > current.Last)
        {
            if (current is not null && Close() is { } broken) return broken;
            if (!await NextAsync()) return Breach.At(@event, "it stands behind the last seal");
            if (CheckPlace() is { } misplaced) return misplaced;
        }
        if (@event.Position <= last) return Breach.At(@event, "its position is none that the store gives");
        if (@event.Position != last + 1)
        {
            if (!current.IsOverOlderRecord) return Breach.Missing(last + 1);
            for (var gap = Math.Max(last + 1, current.First); gap < @event.Position && gaps.Count < 10_000; gap++) gaps.Add(gap);
        }
        if (current.RecordedAt is { } at && at != @event.RecordedAt) return Breach.At(@event, "its time of recording is not that of its commit");
        first ??= @event;
        last = @event.Position;
        builder!.Add(@event);
        return null;
    }

    /// <summary>After the last event.</summary>
    public async Task<Breach?> EndAsync()
    {
        while (true)
        {
            if (current is not null && Close() is { } broken) return broken;
            if (!await NextAsync()) break;
            if (CheckPlace() is { } misplaced) return misplaced;
        }
        return anchors.Values.Where(a => a.Number > number).MinBy(a => a.Number) is { } lost
            ? Breach.Missing(last + 1) with
            {
                Reason = $"the record ends at seal {number}, and the anchor of {lost.At.UtcDateTime:O} knows "
                    + $"seal {lost.Number} up to event {lost.Last}",
            }
            : null;
    }

    public ValueTask DisposeAsync()
    {
        builder?.Dispose();
        return seals.DisposeAsync();
    }

    private async Task<bool> NextAsync()
    {
        if (!await seals.MoveNextAsync()) return false;
        current = seals.Current;
        builder?.Dispose();
        builder = new SealBuilder(hash, current.Number);
        first = null;
        foreach (var seal in current.Evidence) evidence.Add(Short(seal));
        if (current.IsOverOlderRecord && Count == 0) last = current.First - 1;
        return true;
    }

    private Breach? CheckPlace()
    {
        if (current!.Number != number + 1) return Breach.OfSeal(current, $"seal {current.Number} follows {number}");
        if (current.First != last + 1) return Breach.OfSeal(current, $"it begins at event {current.First}, and the one before ends at {last}");
        return current.IsOverOlderRecord && current.Number != 1 ? Breach.OfSeal(current, "only a first seal closes an older record") : null;
    }

    private Breach? Close()
    {
        var seal = current!;
        if (last < seal.Last) return Breach.Missing(last + 1);
        if (builder!.Finish(seal.First, seal.Last, seal.RecordedAt, seal.Evidence) != seal.Hash)
            return (first is null ? Breach.OfSeal(seal, "") : Breach.At(first, "")) with
            {
                Reason = $"events {seal.First} to {seal.Last}, or what was kept with them, are not what seal {seal.Number} closed",
            };
        if (anchors.TryGetValue(seal.Number, out var anchor) && (anchor.Hash != seal.Hash || anchor.Last != seal.Last))
            return (first is null ? Breach.OfSeal(seal, "") : Breach.At(first, "")) with
            {
                Reason = $"seal {seal.Number} is not the one of the anchor of {anchor.At.UtcDateTime:O}: this event or an earlier one was made anew",
            };
        (number, hash, current) = (seal.Number, seal.Hash, null);
        Count++;
        return null;
    }

    private static UInt128 Short(string hex) =>
        hex.Length >= 32 && UInt128.TryParse(hex.AsSpan(0, 32), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value) ? value : 0;
}
