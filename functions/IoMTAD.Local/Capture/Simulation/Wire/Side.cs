namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>Which end of a TCP connection: the one that opened it, or the one that listened.</summary>
internal enum Side
{
    Client,
    Server,
}
