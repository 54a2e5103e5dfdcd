using System.Buffers.Binary;

namespace IoMTAD.Decoding.Applications;

/// <summary>TLS records: RFC 8446 section 5.1, RFC 5246 section 6.2.</summary>
internal static class Tls
{
    private const int HeaderLength = 5;

    /// <summary>2^14 and the 2048 by which ciphers may expand it (RFC 5246 section 6.2.3).</summary>
    private const int MaxRecord = 16_384 + 2_048;

    private const byte Alert = 21, Handshake = 22;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (!IsRecord(bytes)) return false;
        packet.ApplicationMessageType = bytes[0];
        packet.ApplicationTraits = Traits(bytes);
        var offset = 0;
        while (bytes.Length - offset >= HeaderLength)
        {
            var record = bytes[offset..];
            int length = BinaryPrimitives.ReadUInt16BigEndian(record[3..]);
            packet.ApplicationMessages++;
            if (!IsRecord(record) || length > MaxRecord)
            {
                packet.ApplicationTraits |= ApplicationTraits.Malformed;
                break;
            }
            offset += HeaderLength + length;
        }
        return true;
    }

    private static bool IsRecord(ReadOnlySpan<byte> record) =>
        record.Length >= HeaderLength && record[0] is >= 20 and <= 24 && record[1] == 3 && record[2] <= 4;

    /// <summary>ClientHello asks, ServerHello answers; an alert in the clear is an error when fatal.</summary>
    private static ApplicationTraits Traits(ReadOnlySpan<byte> record)
    {
        if (record.Length <= HeaderLength) return ApplicationTraits.None;
        var first = record[HeaderLength];
        if (record[0] == Handshake) return first switch { 1 => ApplicationTraits.Request, 2 => ApplicationTraits.Response, _ => default };
        return record[0] == Alert && record[3] == 0 && record[4] == 2 && first == 2 ? ApplicationTraits.Error : ApplicationTraits.None;
    }
}
