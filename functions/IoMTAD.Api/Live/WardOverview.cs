using IoMTAD.Api.Desks;
using IoMTAD.Policy;

namespace IoMTAD.Api.Live;

/// <summary>The ward in figures.</summary>
/// <param name="Open">Open incidents by severity.</param>
public sealed record WardOverview(
    DateTimeOffset? Clock, string Activity, bool Watching, double Threshold, long Packets, double PacketsPerSecond, int Devices,
    IReadOnlyDictionary<Severity, int> Open, IReadOnlyList<WardFigures> Wards, NotificationFigures Notifications);

/// <summary>One ward; a device counts in the worst of the three that fits.</summary>
public sealed record WardFigures(string Ward, int Devices, int Strange, int Silent, int Incident);
