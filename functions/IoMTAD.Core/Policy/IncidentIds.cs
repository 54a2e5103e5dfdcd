using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy;

/// <summary>What every new incident needs, whatever its kind: an identifier, and somebody told.</summary>
internal static class IncidentIds
{
    /// <returns>12 hexadecimal digits: short enough to read out on the phone, long enough to be the only one.</returns>
    public static string For(TrafficPosition position, string modelVersion, IncidentKind kind, InventoryDevice device) =>
        EventId.From(position, modelVersion, $"{kind} {device.Id}")[..12];

    public static void RequestNotifications(
        string incidentId, Severity severity, InventoryDevice device, string text, long now, PolicyOptions options,
        ICollection<Decision> decisions)
    {
        foreach (var channel in options.Channels)
        {
            var id = EventId.From($"notification {incidentId} {channel}");
            decisions.Add(new(Incident.StreamOf(incidentId), id,
                new NotificationRequested(id, incidentId, channel, severity, device, text), now));
        }
    }
}
