using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <param name="OpenIncidents">Incidents not closed yet, and how severe each is.</param>
/// <param name="Incidents">All, closed ones too.</param>
public sealed record DeviceHealth(
    InventoryDevice Device, DateTimeOffset DiscoveredAt, bool IsSilent, double? SilenceLimitSeconds, IReadOnlyDictionary<string, Severity> OpenIncidents,
    int Incidents)
{
    /// <summary>Highest severity among the open incidents; null while there is none.</summary>
    public Severity? Worst => OpenIncidents.Count > 0 ? OpenIncidents.Values.Max() : null;

    /// <summary>Folds one event into the state; null stands for a device that has not been seen.</summary>
    public static DeviceHealth? Apply(DeviceHealth? row, DomainEvent @event, DateTimeOffset occurredAt) => @event switch
    {
        DeviceDiscovered e => row ?? New(e.Device, occurredAt),
        BaselineLearned e => (row ?? New(e.Device, occurredAt)) with { SilenceLimitSeconds = e.SilenceLimitSeconds },
        DeviceWentSilent e => (row ?? New(e.Device, occurredAt)) with { IsSilent = true },
        DeviceResumed e => (row ?? New(e.Device, occurredAt)) with { IsSilent = false },
        IncidentOpened e when (row ?? New(e.Device, occurredAt)) is var known =>
            With(known with { Incidents = known.Incidents + 1 }, e.IncidentId, e.Severity),
        IncidentEscalated e when row is not null => With(row, e.IncidentId, e.To),
        IncidentClosed e when row is not null => Close(row, e.IncidentId),
        _ => row,
    };

    private static DeviceHealth New(InventoryDevice device, DateTimeOffset at) =>
        new(device, at, false, null, new Dictionary<string, Severity>(), 0);

    private static DeviceHealth With(DeviceHealth row, string incidentId, Severity severity) =>
        row with { OpenIncidents = new SortedDictionary<string, Severity>(row.OpenIncidents.ToDictionary()) { [incidentId] = severity } };

    private static DeviceHealth Close(DeviceHealth row, string incidentId) =>
        row with { OpenIncidents = row.OpenIncidents.Where(open => open.Key != incidentId).ToDictionary() };
}

/// <summary>How each device is; key: the device's id.</summary>
public sealed class DeviceHealthView() : View<DeviceHealth>("devices")
{
    public override string? KeyOf(StoredEvent @event) => @event.Event switch
    {
        DeviceDiscovered e => e.Device.Id,
        BaselineLearned e => e.Device.Id,
        DeviceWentSilent e => e.Device.Id,
        DeviceResumed e => e.Device.Id,
        IncidentOpened e => e.Device.Id,
        IncidentEscalated e => e.DeviceId,
        IncidentClosed e => e.DeviceId,
        _ => null,
    };

    protected internal override DeviceHealth? Fold(DeviceHealth? row, StoredEvent @event) =>
        @event.Event is { } known ? DeviceHealth.Apply(row, known, @event.OccurredAt) : row;
}
