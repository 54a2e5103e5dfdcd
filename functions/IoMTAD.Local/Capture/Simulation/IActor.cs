namespace IoMTAD.Local.Capture.Simulation;

/// <summary>Something that acts from time to time: a device's task, an attack.</summary>
internal interface IActor
{
    /// <summary>
    /// Writes the frames of one exchange, now or a little later, and returns when to act next (<see cref="Nano.Never"/>: no more).
    /// </summary>
    long Act(long now);
}
