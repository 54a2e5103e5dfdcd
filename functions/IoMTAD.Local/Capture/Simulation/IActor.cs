namespace IoMTAD.Local.Capture.Simulation;

/// <summary>Something that acts from time to time: a device's task, an attack.</summary>
internal interface IActor
{
    /// <summary>
    /// Writes the frames of one exchange, now or a little later, and returns when to act next (<see cref="Nano.Never"/>: no more).
    /// </summary>
    long Act(long now);
}

/// <summary>Sees each frame at its moment on the wire and may change, copy or swallow it: a pulled cable, a man in the middle.</summary>
internal interface IFrameTap
{
    /// <returns>False where the frame never reaches the wire.</returns>
    bool Pass(long now, Span<byte> frame);
}
