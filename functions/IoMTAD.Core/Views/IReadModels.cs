using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Views;

/// <summary>The record, arranged for questions. Each answer includes all that was committed before it was asked for.</summary>
public interface IReadModels
{
    Task<Page<Incident>> IncidentsAsync(IncidentQuery query, CancellationToken cancellation = default);

    /// <returns>Null where there is none.</returns>
    Task<Incident?> IncidentAsync(string id, CancellationToken cancellation = default);

    /// <summary>In the order of their ids.</summary>
    Task<Page<DeviceHealth>> DevicesAsync(DeviceQuery query, CancellationToken cancellation = default);

    Task<DeviceHealth?> DeviceAsync(string id, CancellationToken cancellation = default);

    Task<Page<EventRow>> EventsAsync(EventQuery query, CancellationToken cancellation = default);

    /// <summary>Those that are not over at <paramref name="at"/>; all where it is null. Oldest first.</summary>
    Task<IReadOnlyList<Suppression>> SuppressionsAsync(DateTimeOffset? at, CancellationToken cancellation = default);

    Task<IReadOnlyList<Model>> ModelsAsync(CancellationToken cancellation = default);

    /// <summary>Minutes in which something was detected, oldest first.</summary>
    Task<IReadOnlyList<DetectionMinute>> TimelineAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default);

    /// <summary>Hours in which something was detected, the busiest <paramref name="most"/> devices only.</summary>
    Task<IReadOnlyList<DeviceHour>> DeviceHoursAsync(DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation = default);

    Task<IReadOnlyList<ClassHour>> ClassHoursAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default);

    /// <summary>Traffic time up to which segments have been processed; null before the first.</summary>
    Task<DateTimeOffset?> TrafficClockAsync(CancellationToken cancellation = default);
}
