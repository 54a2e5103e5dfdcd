using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>How urgent an incident is: what the device does for a patient, then how long it has been going on.</summary>
public static class SeverityRules
{
    private static readonly HashSet<string> LifeSupporting =
        new(StringComparer.OrdinalIgnoreCase) { "bedside-monitor", "infusion-pump", "ventilator" };

    private static readonly TimeSpan LastingBeyond = TimeSpan.FromMinutes(1);

    public static Severity AtOpening(InventoryDevice device, IncidentKind kind) => (LifeSupporting.Contains(device.Kind), kind) switch
    {
        (_, IncidentKind.SkippedTraffic) => Severity.High,
        (true, _) => Severity.High,
        (false, IncidentKind.Behaviour) => Severity.Medium,
        (false, _) => Severity.Low,
    };

    /// <summary>An anomaly that lasts raises the incident by one level, once.</summary>
    public static Severity WhileItLasts(InventoryDevice device, BehaviourIncident incident, long now)
    {
        var opening = AtOpening(device, IncidentKind.Behaviour);
        return now - incident.Opened > LastingBeyond.Ticks * 100 ? opening + 1 : opening;
    }
}
