using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Policy;

/// <summary>What every new incident needs, whatever its kind: an identifier, and somebody told.</summary>
internal static class IncidentIds
{
    /// <returns>12 hexadecimal digits: short enough to read out on the phone, long enough to be the only one.</returns>
    public static string For(TrafficPosition position, string modelVersion, IncidentKind kind, InventoryDevice device) =>
        EventId.From(position, modelVersion, $"{kind} {device.Id}")[..12];

    /// <summary>Asks that people are told, each channel once per incident.</summary>
    /// <param name="from">What they were told of already; null at the first telling.</param>
    /// <param name="since">When it began, traffic time.</param>
    public static void RequestNotifications(
        string incidentId, IncidentKind kind, Severity severity, InventoryDevice device, string text, long since, long now, PolicyOptions options,
        ICollection<Decision> decisions, Severity? from = null)
    {
        var at = TrafficTime.ToDate(now);
        var told = from is { } lower ? NotificationRoute.ChannelsFor(options.Routes, device, kind, lower, at) : [];
        foreach (var channel in NotificationRoute.ChannelsFor(options.Routes, device, kind, severity, at).Except(told))
        {
            var id = NotificationIds.For(incidentId, NotificationPurpose.Incident, channel);
            decisions.Add(new(Incident.StreamOf(incidentId), id,
                new NotificationRequested(id, incidentId, channel, severity, device, text) { Since = TrafficTime.ToDate(since) }, now));
        }
    }
}
