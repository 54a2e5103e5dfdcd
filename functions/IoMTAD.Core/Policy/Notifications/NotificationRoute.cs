using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy.Notifications;

/// <summary>Which incidents some channels hear of. Each condition that is null or empty lets all through.</summary>
public sealed record NotificationRoute(IReadOnlyList<string> Channels)
{
    public Severity MinimumSeverity { get; init; }

    public IReadOnlyList<string> Wards { get; init; } = [];

    public IReadOnlyList<IncidentKind> Kinds { get; init; } = [];

    /// <summary>Of traffic time, so that the same traffic is told to the same channels whenever it is processed.</summary>
    public WeeklyHours? Hours { get; init; }

    public bool Hears(InventoryDevice device, IncidentKind kind, Severity severity, DateTimeOffset at) =>
        severity >= MinimumSeverity
        && (Wards.Count == 0 || Wards.Contains(device.Ward))
        && (Kinds.Count == 0 || Kinds.Contains(kind))
        && Hours?.Contains(at) != false;

    /// <returns>The channels that hear of it by any route, each once.</returns>
    public static IEnumerable<string> ChannelsFor(
        IEnumerable<NotificationRoute> routes, InventoryDevice device, IncidentKind kind, Severity severity, DateTimeOffset at) =>
        routes.Where(route => route.Hears(device, kind, severity, at)).SelectMany(route => route.Channels).Distinct();
}
