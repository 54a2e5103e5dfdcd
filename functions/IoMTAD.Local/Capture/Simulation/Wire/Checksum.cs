using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IoMTAD.Local.Capture.Simulation.Wire;

/// <summary>
/// The Internet checksum (RFC 1071), summed four bytes at a time in the machine's own order: the sum does not mind (its section 2B).
/// </summary>
internal static class Checksum
{
    public static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        foreach (var word in MemoryMarshal.Cast<byte, uint>(bytes)) sum += word;
        var rest = bytes[(bytes.Length & ~3)..];
        if (rest.IsEmpty) return sum;
        Span<byte> last = stackalloc byte[4];
        last.Clear();
        rest.CopyTo(last);
        return sum + MemoryMarshal.Read<uint>(last);
    }

    /// <summary>The ones' complement of the sum, as the two bytes to store with <see cref="Store"/>.</summary>
    public static ushort Fold(ulong sum)
    {
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    public static void Store(Span<byte> field, ushort checksum) => MemoryMarshal.Write(field, checksum);

    /// <summary>The pseudo-header of RFC 9293 section 3.1 over addresses that already stand in the IPv4 header.</summary>
    public static ulong PseudoHeader(ReadOnlySpan<byte> ipHeader, byte protocol, int length)
    {
        Span<byte> tail = stackalloc byte[4];
        tail[0] = 0;
        tail[1] = protocol;
        BinaryPrimitives.WriteUInt16BigEndian(tail[2..], (ushort)length);
        return Sum(ipHeader.Slice(12, 8)) + MemoryMarshal.Read<uint>(tail);
    }
}
