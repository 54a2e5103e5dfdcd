namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>RFC 7252 section 3, in the order of the header's two bits.</summary>
internal enum CoapType
{
    Confirmable,
    NonConfirmable,
    Acknowledgement,
    Reset,
}
