using System.Buffers.Binary;

namespace IoMTAD.Decoding.Applications;

/// <summary>DNS messages (RFC 1035 section 4), multicast ones too (RFC 6762): the header and the questions.</summary>
internal static class Dns
{
    private const int HeaderLength = 12;
    private const int MinQuestion = 5, MinRecord = 11;

    public static bool TryReadDatagram(in ApplicationPayload payload, ref Packet packet)
    {
        if (payload.Length < HeaderLength) return false;
        packet.ApplicationMessages = 1;
        if (!IsSound(payload.Bytes, payload.Length, payload.IsCut)) packet.ApplicationTraits = ApplicationTraits.Malformed;
        Note(payload.Bytes, ref packet);
        return true;
    }

    /// <summary>Over TCP each message has its length in front (RFC 7766 section 8), which may travel alone.</summary>
    public static bool TryReadStream(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (bytes.Length < 2) return false;
        var offset = 0;
        while (bytes.Length - offset >= 2)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
            var captured = bytes[(offset + 2)..];
            var available = payload.Length - offset - 2;
            var isCut = length > captured.Length;
            var sound = length >= HeaderLength && IsSound(isCut ? captured : captured[..length], length, isCut);
            if (!sound && packet.ApplicationMessages == 0 && length != available) return false;
            packet.ApplicationMessages++;
            if (packet.ApplicationMessages == 1) Note(captured, ref packet);
            if (!sound) packet.ApplicationTraits |= ApplicationTraits.Malformed;
            offset += 2 + length;
        }
        return true;
    }

    private static void Note(ReadOnlySpan<byte> message, ref Packet packet)
    {
        if (message.Length < HeaderLength) return;
        packet.ApplicationMessageType = (byte)(message[2] >> 3 & 0xF);
        var isResponse = message[2] >= 0x80;
        packet.ApplicationTraits |= isResponse ? ApplicationTraits.Response : ApplicationTraits.Request;
        if (isResponse && (message[3] & 0xF) != 0) packet.ApplicationTraits |= ApplicationTraits.Error;
    }

    private static bool IsSound(ReadOnlySpan<byte> message, int length, bool isCut)
    {
        if (message.Length < HeaderLength) return isCut;
        var opcode = message[2] >> 3 & 0xF;
        if (opcode is 3 or > 6) return false;
        int questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        var records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]) + BinaryPrimitives.ReadUInt16BigEndian(message[8..])
            + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        if (!isCut && questions * MinQuestion + records * MinRecord > length - HeaderLength) return false;
        return HasSoundQuestions(message, questions, isCut);
    }

    private static bool HasSoundQuestions(ReadOnlySpan<byte> message, int questions, bool isCut)
    {
        var offset = HeaderLength;
        for (; questions > 0; questions--)
        {
            while (true)
            {
                if (offset >= message.Length) return isCut;
                var label = message[offset];
                if (label >= 0xC0)
                {
                    offset += 2;
                    break;
                }
                // The two other types of label were never used (RFC 6891 section 5).
                if (label > 63) return false;
                offset += 1 + label;
                if (label == 0) break;
            }
            offset += 4;
        }
        return isCut || offset <= message.Length;
    }
}
