using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace IoMTAD.Capture;

/// <summary>Reads in network byte order without a bounds check: the caller has checked the whole header once.</summary>
internal static class Wire
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte U8(ref byte header, int offset) => Unsafe.Add(ref header, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort U16(ref byte header, int offset) => FromNetwork(Native<ushort>(ref header, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint U32(ref byte header, int offset)
    {
        var value = Native<uint>(ref header, offset);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong U64(ref byte header, int offset)
    {
        var value = Native<ulong>(ref header, offset);
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Six bytes: a MAC address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong U48(ref byte header, int offset) => (ulong)U16(ref header, offset) << 32 | U32(ref header, offset + 2);

    /// <summary>Sixteen bytes: an IPv6 address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 U128(ref byte header, int offset) => new(U64(ref header, offset), U64(ref header, offset + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UInt128 MappedIPv4(ref byte header, int offset) => new(0, 0xFFFF_0000_0000UL | U32(ref header, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Native<T>(ref byte header, int offset) where T : unmanaged =>
        Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref header, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort FromNetwork(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
