namespace IoMTAD.Decoding.Applications;

/// <summary>What follows a transport header: the captured bytes, and how many there were on the wire.</summary>
internal readonly ref struct ApplicationPayload(ReadOnlySpan<byte> bytes, int length, bool isCut)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Bytes on the wire.</summary>
    public int Length { get; } = length;

    /// <summary>More belongs to the datagram than is here, by snaplen or because this is the first of several fragments.</summary>
    public bool IsCut { get; } = isCut;
}
