using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <param name="OpenIncidents">Incidents not closed yet.</param>
/// <param name="Worst">Highest severity among them; null while there is none.</param>
public sealed record DeviceHealth(
    InventoryDevice Device, DateTimeOffset DiscoveredAt, bool IsSilent, double? SilenceLimitSeconds, IReadOnlyList<string> OpenIncidents,
    int Incidents, Severity? Worst);

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
        IncidentClosed e => e.DeviceId,
        _ => null,
    };

    protected override DeviceHealth? Fold(DeviceHealth? row, StoredEvent @event) => @event.Event switch
    {
        DeviceDiscovered e => row ?? New(e.Device, @event.OccurredAt),
        BaselineLearned e => (row ?? New(e.Device, @event.OccurredAt)) with { SilenceLimitSeconds = e.SilenceLimitSeconds },
        DeviceWentSilent e => (row ?? New(e.Device, @event.OccurredAt)) with { IsSilent = true },
        DeviceResumed e => (row ?? New(e.Device, @event.OccurredAt)) with { IsSilent = false },
        IncidentOpened e => Open(row ?? New(e.Device, @event.OccurredAt), e),
        IncidentClosed e when row is not null => Close(row, e.IncidentId),
        _ => row,
    };

    private static DeviceHealth New(InventoryDevice device, DateTimeOffset at) => new(device, at, false, null, [], 0, null);

    private static DeviceHealth Open(DeviceHealth row, IncidentOpened opened) => row with
    {
        OpenIncidents = [.. row.OpenIncidents, opened.IncidentId],
        Incidents = row.Incidents + 1,
        Worst = row.Worst is { } worst && worst > opened.Severity ? worst : opened.Severity,
    };

    private static DeviceHealth Close(DeviceHealth row, string incidentId)
    {
        var open = row.OpenIncidents.Where(id => id != incidentId).ToArray();
        return row with { OpenIncidents = open, Worst = open.Length == 0 ? null : row.Worst };
    }
}
