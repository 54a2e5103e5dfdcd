namespace IoMTAD.Capture;

public enum CaptureFault : byte
{
    None,
    /// <summary>Neither pcap nor pcapng.</summary>
    UnknownFormat,
    /// <summary>The capture ends inside a header or a record.</summary>
    Truncated,
    /// <summary>A record or block claims a length that it cannot have.</summary>
    BadLength,
    /// <summary>A pcapng packet names an interface that its section does not describe.</summary>
    UnknownInterface,
    /// <summary>A pcapng interface counts time in a unit that no clock has; its frames are not read.</summary>
    BadTimeResolution,
}

/// <summary>Why a part of a capture could not be read.</summary>
/// <param name="Offset">Offset of the record or block in the capture, in bytes.</param>
public readonly record struct CaptureFailure(CaptureFault Fault, long Offset)
{
    public bool IsFailure => Fault != CaptureFault.None;
}
