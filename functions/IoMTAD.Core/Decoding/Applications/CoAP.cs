namespace IoMTAD.Decoding.Applications;

/// <summary>CoAP messages: RFC 7252 section 3.</summary>
internal static class CoAP
{
    private const byte PayloadMarker = 0xFF;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (bytes.Length < 4 || bytes[0] >> 6 != 1) return bytes.Length < 4 && payload.IsCut;
        var code = bytes[1];
        packet.ApplicationMessages = 1;
        packet.ApplicationMessageType = code;
        packet.ApplicationTraits = (code >> 5) switch
        {
            0 when code != 0 => ApplicationTraits.Request,
            2 => ApplicationTraits.Response,
            4 or 5 => ApplicationTraits.Response | ApplicationTraits.Error,
            _ => ApplicationTraits.None,
        };
        // Classes 1, 6 and 7 are reserved; an empty message is the four bytes alone (section 4.1).
        if (code >> 5 is 1 or 6 or 7 or 3) return false;
        if (code == 0) return payload.Length == 4 && (bytes[0] & 0xF) == 0;
        var tokenLength = bytes[0] & 0xF;
        if (tokenLength > 8) return false;
        return bytes.Length - 4 < tokenLength ? payload.IsCut : HasSoundOptions(bytes[(4 + tokenLength)..], payload.IsCut);
    }

    /// <summary>Section 3.1: deltas and lengths of four bits, 13 and 14 with one and two bytes more, 15 reserved.</summary>
    private static bool HasSoundOptions(ReadOnlySpan<byte> options, bool isCut)
    {
        while (!options.IsEmpty)
        {
            if (options[0] == PayloadMarker) return options.Length > 1 || isCut;
            var delta = options[0] >> 4;
            var length = options[0] & 0xF;
            if (delta == 15 || length == 15) return false;
            var header = 1 + Extra(delta) + Extra(length);
            if (options.Length < header) return isCut;
            if (length == 13) length = 13 + options[header - 1];
            else if (length == 14) length = 269 + (options[header - 2] << 8 | options[header - 1]);
            if (options.Length - header < length) return isCut;
            options = options[(header + length)..];
        }
        return true;
    }

    private static int Extra(int nibble) => nibble switch { 13 => 1, 14 => 2, _ => 0 };
}
