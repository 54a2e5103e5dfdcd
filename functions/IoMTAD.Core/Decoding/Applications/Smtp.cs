using System.Buffers.Binary;

namespace IoMTAD.Decoding.Applications;

/// <summary>SMTP commands and replies: RFC 5321 sections 4.1 and 4.2. The text of a mail between them has no header to read.</summary>
internal static class Smtp
{
    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (bytes.Length < 4) return false;
        if (bytes[0] is >= (byte)'2' and <= (byte)'5' && char.IsAsciiDigit((char)bytes[1]) && char.IsAsciiDigit((char)bytes[2])
            && bytes[3] is (byte)' ' or (byte)'-' or (byte)'\r')
        {
            packet.ApplicationTraits = ApplicationTraits.Response | (bytes[0] >= '4' ? ApplicationTraits.Error : ApplicationTraits.None);
        }
        else if (IsCommand(bytes))
        {
            packet.ApplicationTraits = ApplicationTraits.Request;
        }
        else
        {
            return false;
        }
        packet.ApplicationMessages = 1;
        return true;
    }

    /// <summary>Verbs are four letters of either case; STARTTLS goes by its first.</summary>
    private static bool IsCommand(ReadOnlySpan<byte> bytes)
    {
        var verb = BinaryPrimitives.ReadUInt32BigEndian(bytes) & 0xDFDF_DFDF;
        return verb is 0x4548_4C4F or 0x4845_4C4F or 0x4D41_494C or 0x5243_5054 // EHLO HELO MAIL RCPT
            or 0x4441_5441 or 0x5155_4954 or 0x5253_4554 or 0x4E4F_4F50 // DATA QUIT RSET NOOP
            or 0x5652_4659 or 0x4558_504E or 0x4155_5448 or 0x5354_4152 or 0x4845_4C50; // VRFY EXPN AUTH STAR HELP
    }
}
