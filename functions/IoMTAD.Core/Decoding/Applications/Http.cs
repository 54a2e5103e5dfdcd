namespace IoMTAD.Decoding.Applications;

/// <summary>HTTP/1 start lines: RFC 9112 sections 2 to 4; the preface of HTTP/2 (RFC 9113 section 3.4) counts as a request.</summary>
internal static class Http
{
    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (bytes.StartsWith("HTTP/1."u8))
        {
            ReadStatus(bytes, ref packet);
            return true;
        }
        var method = Method(bytes);
        if (method == 0) return false;
        packet.ApplicationMessages = 1;
        packet.ApplicationMessageType = method;
        packet.ApplicationTraits = ApplicationTraits.Request;
        var line = StartLine(bytes);
        if (!line.IsEmpty && line.IndexOf(" HTTP/"u8) < 0) packet.ApplicationTraits |= ApplicationTraits.Malformed;
        return true;
    }

    /// <summary>A start line that no other text protocol has.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("HTTP/1."u8) || (Method(bytes) != 0 && StartLine(bytes).IndexOf(" HTTP/"u8) > 0);

    private static void ReadStatus(ReadOnlySpan<byte> bytes, ref Packet packet)
    {
        packet.ApplicationMessages = 1;
        packet.ApplicationTraits = ApplicationTraits.Response;
        if (bytes.Length < 12) return;
        var status = bytes[8..12];
        if (status[0] != ' ' || status[1] is < (byte)'1' or > (byte)'5' || status[2..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            packet.ApplicationTraits |= ApplicationTraits.Malformed;
            return;
        }
        packet.ApplicationMessageType = (byte)((status[1] - '0') * 10);
        if (status[1] >= '4') packet.ApplicationTraits |= ApplicationTraits.Error;
    }

    /// <summary>Up to its line feed; empty where the line does not end in this payload.</summary>
    private static ReadOnlySpan<byte> StartLine(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf((byte)'\n') is > 0 and var end ? bytes[..end] : default;

    private static byte Method(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4) return 0;
        return bytes[0] switch
        {
            (byte)'G' when bytes.StartsWith("GET "u8) => 1,
            (byte)'P' when bytes.StartsWith("POST "u8) => 2,
            (byte)'H' when bytes.StartsWith("HEAD "u8) => 3,
            (byte)'P' when bytes.StartsWith("PUT "u8) => 4,
            (byte)'D' when bytes.StartsWith("DELETE "u8) => 5,
            (byte)'O' when bytes.StartsWith("OPTIONS "u8) => 6,
            (byte)'P' when bytes.StartsWith("PATCH "u8) || bytes.StartsWith("PRI * HTTP/2.0"u8) => 7,
            (byte)'T' when bytes.StartsWith("TRACE "u8) => 7,
            (byte)'C' when bytes.StartsWith("CONNECT "u8) => 7,
            _ => 0,
        };
    }
}
