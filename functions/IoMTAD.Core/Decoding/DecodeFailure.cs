namespace IoMTAD.Decoding;

public enum DecodeReason : byte
{
    None,
    /// <summary>The bytes end before the header that they announce.</summary>
    Truncated,
    /// <summary>A length field contradicts the bytes around it.</summary>
    BadLength,
    /// <summary>A version field is not the one its EtherType promises.</summary>
    BadVersion,
    /// <summary>Headers nest or chain deeper than any real traffic does.</summary>
    TooDeep,
    /// <summary>No decoder for this link type.</summary>
    UnknownLinkType,
}

public enum DecodeLayer : byte { Capture, Link, Network, Transport, Application }

/// <summary>Why a frame could not be decoded, as a value: what was read up to there stays in the packet.</summary>
/// <param name="Offset">Offset in the frame, in bytes, of the header that failed.</param>
public readonly record struct DecodeFailure(DecodeReason Reason, DecodeLayer Layer, int Offset)
{
    public bool IsFailure => Reason != DecodeReason.None;
}
