using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Commands.Demo;

/// <param name="SecondsToIncident">From the attack's start to its first incident; null where it was missed.</param>
public sealed record AttackResult(string Name, bool Caught, double? SecondsToIncident, int Incidents);

/// <summary>What the recorded events say about the attacks that were carried out.</summary>
/// <param name="FalseIncidents">Incidents on devices and at times without an attack.</param>
public sealed record DemoSummary(
    IReadOnlyList<AttackResult> Attacks, int FalseIncidents, double DeviceHours, long Packets, double PacketsPerSecond)
{
    /// <summary>Connections that an attack has broken are made anew after it: that is its doing still.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(15);

    public double FalseIncidentsPerDeviceHour => DeviceHours > 0 ? FalseIncidents / DeviceHours : 0;

    public int Caught => Attacks.Count(a => a.Caught);

    /// <param name="from">Where the watch began: incidents before it do not count.</param>
    public static DemoSummary Of(
        IReadOnlyList<StoredEvent> opened, IReadOnlyList<PlannedAttack> attacks, DateTimeOffset from, double deviceHours, long packets,
        double packetsPerSecond)
    {
        var incidents = opened.Where(e => e.Event is IncidentOpened && e.OccurredAt >= from)
            .Select(e => (At: e.OccurredAt, ((IncidentOpened)e.Event!).Device.Address)).ToList();
        var results = attacks.Select(attack =>
        {
            var own = incidents.Where(i => Belongs(i.At, i.Address, attack)).Select(i => (i.At - attack.Start).TotalSeconds).ToList();
            return new AttackResult(attack.Name, own.Count > 0, own.Count > 0 ? Math.Round(own.Min(), 3) : null, own.Count);
        }).ToList();
        var strangers = incidents.Count(i => !attacks.Any(a => Belongs(i.At, i.Address, a)));
        return new DemoSummary(results, strangers, Math.Round(deviceHours, 2), packets, Math.Round(packetsPerSecond));
    }

    private static bool Belongs(DateTimeOffset at, string address, PlannedAttack attack) =>
        at >= attack.Start && at <= attack.End + Aftermath && attack.Participants.Contains(address, StringComparer.Ordinal);
}
