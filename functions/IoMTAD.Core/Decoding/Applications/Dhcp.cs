using System.Buffers.Binary;

namespace IoMTAD.Decoding.Applications;

/// <summary>DHCP (RFC 2131 section 2) and its message type, option 53 (RFC 2132 section 9.6).</summary>
internal static class Dhcp
{
    private const int FixedLength = 236;
    private const uint MagicCookie = 0x6382_5363;
    private const byte Pad = 0, MessageType = 53, End = 255;
    private const byte Decline = 4, Nak = 6;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (payload.Length < FixedLength || bytes.Length < 3) return payload.IsCut;
        packet.ApplicationMessages = 1;
        packet.ApplicationTraits = bytes[0] == 1 ? ApplicationTraits.Request : ApplicationTraits.Response;
        if (bytes[0] is not (1 or 2) || bytes[2] > 16) return false;
        // Plain BOOTP (RFC 951) has no cookie, and so no options.
        if (bytes.Length < FixedLength + 4 || BinaryPrimitives.ReadUInt32BigEndian(bytes[FixedLength..]) != MagicCookie) return true;
        return ReadOptions(bytes[(FixedLength + 4)..], payload.IsCut, ref packet);
    }

    private static bool ReadOptions(ReadOnlySpan<byte> options, bool isCut, ref Packet packet)
    {
        while (!options.IsEmpty && options[0] != End)
        {
            if (options[0] == Pad)
            {
                options = options[1..];
                continue;
            }
            if (options.Length < 2 || options.Length - 2 < options[1]) return isCut;
            if (options[0] == MessageType && options[1] == 1 && packet.ApplicationMessageType == 0)
            {
                packet.ApplicationMessageType = options[2];
                if (options[2] is Decline or Nak) packet.ApplicationTraits |= ApplicationTraits.Error;
            }
            options = options[(2 + options[1])..];
        }
        return true;
    }
}
