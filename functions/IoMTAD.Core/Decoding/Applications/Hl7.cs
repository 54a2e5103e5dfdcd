namespace IoMTAD.Decoding.Applications;

/// <summary>HL7 v2 messages in the MLLP envelope: HL7 MLLP release 1, HL7 v2.5.1 section 2.15.</summary>
internal static class Hl7
{
    private const byte StartBlock = 0x0B, EndBlock = 0x1C, CarriageReturn = 0x0D;

    /// <summary>MSH, its separator and the four encoding characters.</summary>
    private const int MinHeader = 8;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var rest = payload.Bytes;
        if (rest.IsEmpty || rest[0] != StartBlock) return false;
        while (!rest.IsEmpty)
        {
            packet.ApplicationMessages++;
            var end = rest.IndexOf(EndBlock);
            var isWhole = end >= 0;
            var message = isWhole ? rest[..end] : rest;
            if (message is not [StartBlock, ..] || !IsSound(message[1..], isWhole)) packet.ApplicationTraits |= ApplicationTraits.Malformed;
            packet.ApplicationTraits |= Traits(message);
            if (!isWhole) break;
            rest = rest[(end + 1)..];
            if (rest.IsEmpty) break;
            if (rest[0] != CarriageReturn) packet.ApplicationTraits |= ApplicationTraits.Malformed;
            else rest = rest[1..];
        }
        return true;
    }

    /// <summary>A message header, or that of a batch or file; then a separator that is neither letter nor digit.</summary>
    private static bool IsSound(ReadOnlySpan<byte> message, bool isWhole)
    {
        if (message.Length < MinHeader) return !isWhole;
        return (message.StartsWith("MSH"u8) || message.StartsWith("BHS"u8) || message.StartsWith("FHS"u8))
            && message[3] >= ' ' && !char.IsAsciiLetterOrDigit((char)message[3]);
    }

    /// <summary>An acknowledgement has an MSA segment, whose first field says how it went (table 0008).</summary>
    private static ApplicationTraits Traits(ReadOnlySpan<byte> message)
    {
        var at = message.IndexOf("\rMSA"u8);
        if (at < 0) return ApplicationTraits.Request;
        var code = message[(at + 4)..];
        var failed = code.Length >= 3 && code[1] is (byte)'A' or (byte)'C' && code[2] is (byte)'E' or (byte)'R';
        return ApplicationTraits.Response | (failed ? ApplicationTraits.Error : ApplicationTraits.None);
    }
}
