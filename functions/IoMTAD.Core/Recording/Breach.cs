namespace IoMTAD.Recording;

/// <summary>Where the record is not what was recorded.</summary>
/// <param name="Id">Null where the event itself is gone.</param>
/// <param name="Type">Of a missing event as far as the derived index of events still tells; the same holds for <paramref name="Stream"/>.</param>
public sealed record Breach(long Position, string? Id, string? Type, string? Stream, string Reason)
{
    /// <summary>The event is gone, and what is known of it comes from elsewhere.</summary>
    public bool IsMissing { get; init; }

    public static Breach At(StoredEvent @event, string reason) => new(@event.Position, @event.Id, @event.Type, @event.Stream, reason);

    public static Breach Missing(long position) => new(position, null, null, null, "it is gone") { IsMissing = true };

    public static Breach OfSeal(Seal seal, string reason) => new(seal.First, null, null, null, $"seal {seal.Number}: {reason}");
}

/// <summary>What a derived index still knows of an event.</summary>
public sealed record EventTrace(string Type, string? Stream);

/// <param name="Events">Read until the end or the breach.</param>
/// <param name="Evidence">Kept segments whose bytes are those that were recorded.</param>
/// <param name="Texts">Personal texts that are those that were recorded.</param>
/// <param name="Removed">Segments and texts that went by an expiry or an erasure on record.</param>
/// <param name="Breach">The first; null where the record holds.</param>
public sealed record ChainReport(long Events, int Streams, long Seals, long Evidence, long Texts, long Removed, Breach? Breach);
