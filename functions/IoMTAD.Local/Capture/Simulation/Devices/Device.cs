namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>What a device's task works with.</summary>
internal sealed record Device(Host Host, Ward Ward, Timeline Timeline, SimulationRandom Random)
{
    /// <summary>This device's own version of a value that its siblings share: up to 8 % more or less.</summary>
    public long Own(long usual) => Random.Between(usual * 92 / 100, usual * 108 / 100);

    /// <summary>
    /// Whether something that happens about every <paramref name="mean"/> happens in this turn of a task with the given interval.
    /// </summary>
    public bool Happens(long now, long interval, long mean) =>
        Random.Chance(interval * Ward.Rhythm.Activity(now) / mean);
}
