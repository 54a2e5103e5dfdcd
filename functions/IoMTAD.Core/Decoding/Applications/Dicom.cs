using System.Buffers.Binary;

namespace IoMTAD.Decoding.Applications;

/// <summary>DICOM upper layer protocol data units: PS3.8 section 9.3.</summary>
internal static class Dicom
{
    private const int HeaderLength = 6;
    private const byte AssociateRequest = 1, AssociateAccept = 2, AssociateReject = 3, Data = 4, ReleaseRequest = 5, ReleaseResponse = 6,
        Abort = 7;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        var offset = 0L;
        while (bytes.Length - offset >= HeaderLength)
        {
            var unit = bytes[(int)offset..];
            var length = BinaryPrimitives.ReadUInt32BigEndian(unit[2..]);
            var sound = IsSound(unit[0], unit[1], length);
            var end = offset + HeaderLength + length;
            // Data of an earlier unit can look like anything: only lengths that fit show that a unit begins here.
            if (!sound && offset == 0 && end != payload.Length) return false;
            if (offset == 0) Note(unit[0], ref packet);
            packet.ApplicationMessages++;
            if (!sound)
            {
                packet.ApplicationTraits |= ApplicationTraits.Malformed;
                break;
            }
            offset = end;
        }
        return packet.ApplicationMessages > 0;
    }

    /// <summary>An association asked for or accepted: protocol version 1, and the application context item where it must be.</summary>
    public static bool IsAssociation(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 78 && bytes[0] is AssociateRequest or AssociateAccept && bytes[1] == 0
        && BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) == 1 && bytes[74] == 0x10 && bytes[75] == 0;

    private static bool IsSound(byte type, byte reserved, uint length) => reserved == 0 && type switch
    {
        AssociateRequest or AssociateAccept => length is >= 68 and < 1 << 20,
        AssociateReject or ReleaseRequest or ReleaseResponse or Abort => length == 4,
        Data => length is >= 6 and < 1 << 28,
        _ => false,
    };

    private static void Note(byte type, ref Packet packet)
    {
        packet.ApplicationMessageType = type;
        packet.ApplicationTraits = type switch
        {
            AssociateRequest or ReleaseRequest => ApplicationTraits.Request,
            AssociateAccept or ReleaseResponse => ApplicationTraits.Response,
            AssociateReject => ApplicationTraits.Response | ApplicationTraits.Error,
            Abort => ApplicationTraits.Error,
            _ => ApplicationTraits.None,
        };
    }
}
