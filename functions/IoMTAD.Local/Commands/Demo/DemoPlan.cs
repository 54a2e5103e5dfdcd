using IoMTAD.Local.Capture.Simulation;

namespace IoMTAD.Local.Commands.Demo;

/// <summary>The demo in ward time: a calm stretch to learn from, then every attack after another.</summary>
internal sealed record DemoPlan(WardOptions Ward, DateTimeOffset WatchFrom, DateTimeOffset WatchUntil, IReadOnlyList<ScheduledAttack> Attacks)
{
    private static readonly TimeSpan Learning = TimeSpan.FromHours(1);
    private static readonly TimeSpan CalmBefore = TimeSpan.FromMinutes(5);

    // Longer than the time within which anomalies of one device are one incident: an attack on the same victim must open its own.
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(11);

    public static DemoPlan For(int seed)
    {
        var ward = new WardOptions { Seed = seed };
        var watch = ward.Start + Learning;
        var attacks = AttackPlan.OneAfterAnother(watch + CalmBefore, Gap, seed);
        return new(ward, watch, AttackPlan.EndOf(attacks) + Gap, attacks);
    }
}
