using System.Globalization;
using IoMTAD.Capture;

namespace IoMTAD.Policy.Records;

/// <summary>Somebody read of the record, took evidence out of it, or verified it.</summary>
/// <param name="Action">Such as <c>query</c>, <c>export</c>, <c>evidence</c> or <c>verify</c>.</param>
/// <param name="By">The account.</param>
/// <param name="Detail">What was asked for.</param>
/// <param name="Rows">How many events, frames or seals they got.</param>
public sealed record RecordAccessed(string Action, string By, string Detail, long Rows) : DomainEvent
{
    /// <returns>One stream a day of the host's clock.</returns>
    public static string StreamOf(DateTimeOffset at) => at.UtcDateTime.ToString("'access-'yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A personal text and its salt are gone for good; the digest that events hold tells nothing any more.</summary>
/// <param name="Digest">See <see cref="PersonalText"/>.</param>
/// <param name="IncidentId">Where its event stands in an incident's stream.</param>
public sealed record TextErased(string Digest, string? IncidentId, string By, string Reason) : DomainEvent
{
    /// <summary>For texts of no incident.</summary>
    public const string Stream = "texts";
}

/// <param name="Sha256">Of its bytes, as the anomaly's event has it.</param>
public sealed record ExpiredSegment(TrafficPosition Position, string Sha256);

/// <summary>Kept segments of a closed incident are gone for good; its events stay.</summary>
public sealed record EvidenceExpired(string IncidentId, IReadOnlyList<ExpiredSegment> Segments, string By, string Reason) : DomainEvent;

/// <summary>Evidence and texts of the incident neither expire nor are erased while it is held.</summary>
public sealed record LegalHoldPlaced(string IncidentId, string By, string Reason) : DomainEvent;

public sealed record LegalHoldLifted(string IncidentId, string By, string Reason) : DomainEvent;
