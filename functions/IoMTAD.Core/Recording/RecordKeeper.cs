using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Records;

namespace IoMTAD.Recording;

/// <summary>Removes what may go and keeps what has to stay: erasure of texts, legal holds.</summary>
/// <remarks>What is removed is removed in the transaction of the event that says so; the chains and seals still hold.</remarks>
/// <param name="now">When it happens, as for all acts on incidents.</param>
public sealed class RecordKeeper(IEventStore store, DateTimeOffset now)
{
    /// <returns>Null where it was done, else why not.</returns>
    public async Task<string?> HoldAsync(Incident incident, string by, string reason, CancellationToken cancellation = default)
    {
        if (incident.HeldBy is { } already) return $"{already} holds incident {incident.Id} already";
        await AppendAsync(incident, new LegalHoldPlaced(incident.Id, by, reason), cancellation);
        return null;
    }

    public async Task<string?> ReleaseAsync(Incident incident, string by, string reason, CancellationToken cancellation = default)
    {
        if (incident.HeldBy is null) return $"incident {incident.Id} is not held";
        await AppendAsync(incident, new LegalHoldLifted(incident.Id, by, reason), cancellation);
        return null;
    }

    /// <summary>Erases those of the incident's texts that are still there.</summary>
    /// <param name="only">One of them; null for all.</param>
    /// <returns>How many that were, or why none may go.</returns>
    public async Task<(int Erased, string? Refusal)> EraseAsync(
        Incident incident, string? only, string by, string reason, CancellationToken cancellation = default)
    {
        if (incident.HeldBy is { } holder) return (0, $"{holder} holds incident {incident.Id}: nothing of it is erased until the hold is lifted");
        List<string> digests = [];
        await foreach (var @event in store.ReadStreamAsync(Incident.StreamOf(incident.Id), 1, cancellation))
            if (@event.Event is NoteAdded note && (only is null || note.Text == only) && await store.ReadTextAsync(note.Text, cancellation) is not null)
                digests.Add(note.Text);
        return (await EraseAsync(digests, incident.Id, Incident.StreamOf(incident.Id), by, reason, cancellation), null);
    }

    /// <summary>Erases a text that belongs to no incident.</summary>
    public async Task<int> EraseAsync(string digest, string by, string reason, CancellationToken cancellation = default) =>
        await store.ReadTextAsync(digest, cancellation) is null
            ? 0
            : await EraseAsync([digest], null, TextErased.Stream, by, reason, cancellation);

    private async Task<int> EraseAsync(List<string> digests, string? incident, string stream, string by, string reason, CancellationToken cancellation)
    {
        if (digests.Count == 0) return 0;
        var events = digests.Distinct().Select(d => new NewEvent(EventId.From($"erased {d} {now.UtcTicks}"), new TextErased(d, incident, by, reason), now));
        await store.CommitAsync(new Commit([new StreamAppend(stream, null, [.. events])]) { ErasedTexts = digests }, cancellation);
        return digests.Count;
    }

    private Task AppendAsync(Incident incident, DomainEvent @event, CancellationToken cancellation)
    {
        var id = EventId.From($"{EventTypes.NameOf(@event)} {incident.Id} {incident.Version}");
        var append = new StreamAppend(Incident.StreamOf(incident.Id), incident.Version, [new NewEvent(id, @event, now)]);
        return store.CommitAsync(new Commit([append]), cancellation);
    }
}
