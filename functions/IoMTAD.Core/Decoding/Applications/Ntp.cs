namespace IoMTAD.Decoding.Applications;

/// <summary>NTP: RFC 5905 section 7.3; control messages of mode 6 by RFC 9327.</summary>
internal static class Ntp
{
    private const int Client = 3, Server = 4, Control = 6, Private = 7;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (bytes.Length < 2) return payload.IsCut;
        var version = bytes[0] >> 3 & 7;
        var mode = bytes[0] & 7;
        packet.ApplicationMessages = 1;
        packet.ApplicationMessageType = (byte)mode;
        if (mode == Client) packet.ApplicationTraits = ApplicationTraits.Request;
        if (mode == Server) packet.ApplicationTraits = ApplicationTraits.Response;
        // Stratum 0 in an answer: a kiss-o'-death (section 7.4).
        if (mode == Server && bytes[1] == 0) packet.ApplicationTraits |= ApplicationTraits.Error;
        if (version is 0 or > 4 || mode == 0) return false;
        return payload.Length >= mode switch { Control => 12, Private => 8, _ => 48 };
    }
}
