using IoMTAD.Capture;

namespace IoMTAD.Policy.Suppressions;

/// <summary>What people have decided and the policy obeys. A snapshot: replaced as a whole when they decide again.</summary>
/// <param name="suppressions">Those that are not over yet.</param>
/// <param name="closed">Incidents that were closed lately; older ones no anomaly is gathered into anyway.</param>
/// <param name="reopened">Of those, the ones opened again, and as which.</param>
public sealed class StandingDecisions(
    IReadOnlyCollection<Suppression> suppressions, IReadOnlySet<string> closed, IReadOnlyDictionary<string, string> reopened)
{
    private readonly Suppression[] quiet = [.. suppressions.Where(s => s.IsQuietOnly)];
    private readonly Suppression[] allowing = [.. suppressions.Where(s => !s.IsQuietOnly)];

    public static StandingDecisions None { get; } = new([], new HashSet<string>(), new Dictionary<string, string>());

    /// <summary>The mute or maintenance window under which nobody is told of this device, the one that lasts longest; null where there is none.</summary>
    /// <param name="now">Traffic time, nanoseconds since the Unix epoch.</param>
    public Suppression? Quiet(InventoryDevice device, long now) => Active(quiet, device, now).MaxBy(s => s.Until);

    /// <returns>When people may be told again, nanoseconds since the Unix epoch; <paramref name="now"/> where they may already.</returns>
    public long QuietUntil(InventoryDevice device, long now) => Quiet(device, now) is { } s ? TrafficTime.FromDate(s.Until) : now;

    /// <summary>Allow rules and learned behaviours for the device.</summary>
    public IEnumerable<Suppression> Allowing(InventoryDevice device, long now) =>
        allowing.Length == 0 ? [] : Active(allowing, device, now);

    /// <returns>Seconds of silence that are normal for the device; null where that was not learned.</returns>
    public double? SilenceLimit(InventoryDevice device, long now) => Allowing(device, now).Max(s => s.Behaviour?.SilenceLimitSeconds);

    /// <returns>The incident itself, the one that it was reopened as, or null where it is closed.</returns>
    public string? Current(string incidentId)
    {
        while (closed.Contains(incidentId))
            if (reopened.TryGetValue(incidentId, out var next)) incidentId = next;
            else return null;
        return incidentId;
    }

    private static IEnumerable<Suppression> Active(Suppression[] among, InventoryDevice device, long now)
    {
        if (among.Length == 0) return [];
        var at = TrafficTime.ToDate(now);
        return among.Where(s => s.IsActive(at) && s.Covers(device));
    }
}
