namespace IoMTAD.Local.Capture.Simulation;

/// <summary>Ready-made plans of attacks.</summary>
public static class AttackPlan
{
    /// <summary>Every scenario once, in the catalogue's order, each after the one before it and a quiet gap.</summary>
    public static IReadOnlyList<ScheduledAttack> OneAfterAnother(DateTimeOffset start, TimeSpan gap, int seed)
    {
        var plan = new List<ScheduledAttack>();
        foreach (var scenario in AttackCatalog.All)
        {
            plan.Add(new ScheduledAttack(scenario.Name, start, Seed: seed));
            start += scenario.DefaultDuration + gap;
        }
        return plan;
    }

    /// <summary>The first instant at which all attacks of a plan are over.</summary>
    public static DateTimeOffset EndOf(IReadOnlyList<ScheduledAttack> plan) =>
        plan.Max(a => a.Start + (a.Duration ?? AttackCatalog.Find(a.Name)?.DefaultDuration ?? TimeSpan.Zero));
}
