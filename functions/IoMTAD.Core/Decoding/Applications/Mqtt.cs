namespace IoMTAD.Decoding.Applications;

/// <summary>MQTT control packets: OASIS MQTT 3.1.1 and 5.0, section 2.</summary>
/// <remarks>
/// Whether a TCP segment begins with a control packet cannot be seen from the segment alone. So a first packet that breaks the standard is
/// called malformed only if the lengths fit the segment or it is plainly a CONNECT; else the segment goes on with an earlier one.
/// </remarks>
internal static class Mqtt
{
    /// <summary>In a longer segment, bytes in the middle of a message may by chance look like a packet with an endless length.</summary>
    private const int ShortSegment = 64;

    private enum LengthField { Sound, Incomplete, TooLong }

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        var offset = 0;
        var messages = 0;
        var malformed = 0;
        var types = 0UL;
        var traits = ApplicationTraits.None;
        while (offset < bytes.Length)
        {
            var first = bytes[offset];
            var field = ReadLength(bytes[(offset + 1)..], out var remaining, out var headerLength);
            if (field == LengthField.Incomplete) break;
            var body = offset + headerLength;
            var end = body + remaining;
            var soundHeader = HasSoundFlags(first);
            var sound = soundHeader && field == LengthField.Sound
                && MqttBody.IsSound(first, bytes[body..Math.Min(end, bytes.Length)], remaining, ref traits);
            if (!sound)
            {
                var isBoundary = messages > 0 || LooksLikeConnect(bytes)
                    || (field == LengthField.TooLong ? soundHeader && payload.Length <= ShortSegment : LengthsFit(payload));
                if (!isBoundary) return false;
                malformed++;
            }
            types = Count(types, first >> 4);
            messages++;
            if (field == LengthField.TooLong) break;
            offset = end;
        }
        if (messages == 0) return false;
        packet.ApplicationMessages = (ushort)messages;
        packet.MqttPacketTypes = types;
        packet.MqttMalformed = (byte)Math.Min(malformed, byte.MaxValue);
        packet.ApplicationTraits = malformed > 0 ? traits | ApplicationTraits.Malformed : traits;
        return true;
    }

    /// <summary>A CONNECT with a right protocol name: the one packet that is known by its content.</summary>
    public static bool IsConnect(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0x10 && ReadLength(bytes[1..], out _, out var header) == LengthField.Sound
        && (bytes[header..].StartsWith("\0\u0004MQTT"u8) || bytes[header..].StartsWith("\0\u0006MQIsdp"u8));

    /// <summary>A CONNECT by type, whose protocol name has a right length whatever it says.</summary>
    private static bool LooksLikeConnect(ReadOnlySpan<byte> bytes) =>
        bytes[0] >> 4 == 1 && ReadLength(bytes[1..], out _, out var header) == LengthField.Sound
        && (bytes[header..].StartsWith("\0\u0004"u8) || bytes[header..].StartsWith("\0\u0006"u8));

    /// <summary>Section 2.2.2 [MQTT-2.2.2-1]; a PUBLISH has no QoS 3 [MQTT-3.3.1-4], and at QoS 0 no duplicate [MQTT-3.3.1-2].</summary>
    private static bool HasSoundFlags(byte first) => (first >> 4) switch
    {
        0 => false,
        3 => (first & 0x06) != 0x06 && ((first & 0x06) != 0 || (first & 0x08) == 0),
        6 or 8 or 10 => (first & 0x0F) == 2,
        _ => (first & 0x0F) == 0,
    };

    /// <summary>Whether the packets' lengths add up to the segment, and all but the first have sound flags.</summary>
    private static bool LengthsFit(in ApplicationPayload payload)
    {
        var offset = 0;
        while (offset < payload.Bytes.Length)
        {
            if (offset > 0 && !HasSoundFlags(payload.Bytes[offset])) return false;
            if (ReadLength(payload.Bytes[(offset + 1)..], out var remaining, out var headerLength) != LengthField.Sound) return false;
            offset += headerLength + remaining;
        }
        return offset == payload.Length;
    }

    /// <summary>Section 2.2.3: seven bits per byte, at most four bytes.</summary>
    /// <param name="headerLength">Of the fixed header, the byte before the length field too.</param>
    private static LengthField ReadLength(ReadOnlySpan<byte> bytes, out int remaining, out int headerLength)
    {
        remaining = 0;
        for (headerLength = 1; headerLength <= 4; headerLength++)
        {
            if (headerLength > bytes.Length) return LengthField.Incomplete;
            var next = bytes[headerLength - 1];
            remaining |= (next & 0x7F) << 7 * (headerLength - 1);
            if (next < 0x80)
            {
                headerLength++;
                return LengthField.Sound;
            }
        }
        return LengthField.TooLong;
    }

    private static ulong Count(ulong types, int type)
    {
        var one = 1UL << type * 4;
        return (types >> type * 4 & 0xF) == 0xF ? types : types + one;
    }
}
