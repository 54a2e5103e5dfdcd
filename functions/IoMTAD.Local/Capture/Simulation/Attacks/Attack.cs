namespace IoMTAD.Local.Capture.Simulation.Attacks;

/// <summary>An attack under way: steps from its start until its end.</summary>
internal abstract class Attack(AttackContext context) : IActor
{
    private bool begun;

    protected AttackContext Context { get; } = context;
    protected Timeline Timeline => Context.Timeline;
    protected SimulationRandom Random => Context.Random;

    public long Act(long now)
    {
        if (now >= Context.End)
        {
            Finish(now);
            return Nano.Never;
        }
        long next;
        if (begun)
        {
            next = Step(now);
        }
        else
        {
            begun = true;
            next = Begin(now);
        }
        return Math.Min(next, Context.End);
    }

    /// <summary>The attacker's first frames; returns when the first step is due.</summary>
    protected virtual long Begin(long now) => Step(now);

    protected abstract long Step(long now);

    protected virtual void Finish(long now)
    {
    }
}
