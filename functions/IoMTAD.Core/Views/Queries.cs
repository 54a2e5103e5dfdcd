using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>One page of an answer.</summary>
/// <param name="Next">To be given as <c>After</c> for the following page; null on the last one. Opaque: it keeps its place while rows come and go.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public enum IncidentSort { OpenedAt, LastSeenAt, Severity, Score }

/// <summary>Which incidents; null asks for all.</summary>
public sealed record IncidentQuery
{
    public bool? Open { get; init; }
    public string? DeviceId { get; init; }
    public string? Ward { get; init; }
    public IncidentKind? Kind { get; init; }

    /// <summary>Suspected class by name.</summary>
    public string? Class { get; init; }

    /// <summary>This severe or more.</summary>
    public Severity? Severity { get; init; }

    public Disposition? Disposition { get; init; }

    /// <summary>Opened at this time or later, traffic time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Opened before this time.</summary>
    public DateTimeOffset? To { get; init; }

    public IncidentSort Sort { get; init; }

    /// <summary>Newest, most severe or highest first.</summary>
    public bool Descending { get; init; } = true;

    public string? After { get; init; }
    public int Limit { get; init; } = 50;
}

public enum EventSort { Time, Score, Position }

/// <summary>Which events; null asks for all. Device, ward, kind, class and severity are those of the incident that an event belongs to.</summary>
public sealed record EventQuery
{
    public string? DeviceId { get; init; }
    public string? Ward { get; init; }
    public IncidentKind? Kind { get; init; }
    public string? Class { get; init; }

    /// <summary>This severe or more.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Of the incident, whenever it was closed.</summary>
    public Disposition? Disposition { get; init; }

    public string? IncidentId { get; init; }

    /// <summary>Name of an event's type.</summary>
    public string? Type { get; init; }

    /// <summary>A feature among those that made the traffic strange.</summary>
    public string? Feature { get; init; }

    public double? MinScore { get; init; }
    public double? MaxScore { get; init; }

    /// <summary>Occurred at this time or later, traffic time.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }
    public EventSort Sort { get; init; }
    public bool Descending { get; init; }
    public string? After { get; init; }
    public int Limit { get; init; } = 100;
}

/// <summary>An event with what is known of the incident that it belongs to.</summary>
public sealed record EventRow(
    StoredEvent Event, string? IncidentId, string? DeviceId, string? Ward, IncidentKind? Kind, string? Class, Severity? Severity, double? Score,
    Disposition? Disposition);

/// <summary>Which devices; null asks for all.</summary>
public sealed record DeviceQuery
{
    public string? Ward { get; init; }

    /// <summary>Part of the id, kind, ward or address.</summary>
    public string? Search { get; init; }

    public string? After { get; init; }
    public int Limit { get; init; } = 100;
}

/// <summary>How often one device was strange in one hour of traffic time.</summary>
public sealed record DeviceHour(string DeviceId, string Ward, DateTimeOffset Hour, int Incidents, int StrangeSegments);

/// <summary>How often one class was suspected in one hour of traffic time.</summary>
/// <param name="Class">Null for what nothing could name.</param>
public sealed record ClassHour(string? Class, string? Technique, DateTimeOffset Hour, int Incidents, int StrangeSegments);
