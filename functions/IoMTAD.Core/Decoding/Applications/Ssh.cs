using System.Buffers.Binary;

namespace IoMTAD.Decoding.Applications;

/// <summary>SSH: the identification line (RFC 4253 section 4.2) and the packets in the clear before keys are taken (section 6).</summary>
internal static class Ssh
{
    private const int MaxPacket = 35_000;

    public static bool TryRead(in ApplicationPayload payload, ref Packet packet)
    {
        var bytes = payload.Bytes;
        if (bytes.StartsWith("SSH-"u8))
        {
            packet.ApplicationMessages = 1;
            packet.ApplicationTraits = packet.DestinationPort < packet.SourcePort ? ApplicationTraits.Request : ApplicationTraits.Response;
            if (bytes.Length > 4 && bytes[4] is not ((byte)'1' or (byte)'2')) packet.ApplicationTraits |= ApplicationTraits.Malformed;
            return true;
        }
        if (bytes.Length < 6 || BinaryPrimitives.ReadUInt32BigEndian(bytes) is < 6 or > MaxPacket) return false;
        // Padding of at least four bytes, then a message number of key exchange; what is encrypted seldom looks so.
        if (bytes[4] < 4 || bytes[5] is < 20 or > 49) return false;
        packet.ApplicationMessages = 1;
        return true;
    }
}
