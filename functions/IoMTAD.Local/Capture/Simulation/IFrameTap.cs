namespace IoMTAD.Local.Capture.Simulation;

/// <summary>Sees each frame at its moment on the wire and may change, copy or swallow it: a pulled cable, a man in the middle.</summary>
internal interface IFrameTap
{
    /// <returns>False where the frame never reaches the wire.</returns>
    bool Pass(long now, Span<byte> frame);
}
