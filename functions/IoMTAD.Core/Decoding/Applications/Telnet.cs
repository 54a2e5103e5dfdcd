namespace IoMTAD.Decoding.Applications;

/// <summary>Telnet: text between commands (RFC 854). Each command counts as a message.</summary>
internal static class Telnet
{
    private const byte InterpretAsCommand = 255, FirstCommand = 236;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var rest = payload.Bytes;
        while (rest.IndexOf(InterpretAsCommand) is >= 0 and var at && at + 1 < rest.Length)
        {
            packet.ApplicationMessages++;
            if (rest[at + 1] < FirstCommand) packet.ApplicationTraits |= ApplicationTraits.Malformed;
            rest = rest[(at + 2)..];
        }
        return true;
    }
}
