using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;

namespace IoMTAD.Views;

/// <summary>By what an event is found, beside its type and time. What its incident says of device, class and severity is the host's to join.</summary>
/// <param name="Score">Of an anomaly.</param>
/// <param name="Features">Names of the features that made the traffic strange.</param>
public readonly record struct IndexedEvent(string? IncidentId, string? DeviceId, string? Ward, double? Score, IReadOnlyList<ExplainedFeature> Features)
{
    private static readonly IncidentsView Incidents = new();

    public static IndexedEvent Of(StoredEvent @event) => @event.Event switch
    {
        AnomalyObserved e => new(Incidents.KeyOf(@event), null, null, e.Score, e.Features),
        AnomalyAllowed e => new(null, e.DeviceId, null, e.Score, []),
        DeviceDiscovered e => Of(e.Device),
        BaselineLearned e => Of(e.Device),
        DeviceWentSilent e => Of(e.Device),
        DeviceResumed e => Of(e.Device),
        DeviceMuted e => new(null, e.DeviceId, null, null, []),
        MaintenanceScheduled e => new(null, e.DeviceId, e.Ward, null, []),
        AllowRuleAdded e => new(null, e.Rule.DeviceId, e.Rule.Ward, null, []),
        BehaviourLearned e => new(null, e.DeviceId, null, null, []),
        _ => new(Incidents.KeyOf(@event), null, null, null, []),
    };

    private static IndexedEvent Of(Capture.InventoryDevice device) => new(null, device.Id, device.Ward, null, []);
}
