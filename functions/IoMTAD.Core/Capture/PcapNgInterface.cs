using System.Buffers.Binary;

namespace IoMTAD.Capture;

/// <summary>What an Interface Description Block says: link type, snaplen, and how its packets count time.</summary>
/// <remarks>draft-ietf-opsawg-pcapng section 4.2.</remarks>
internal readonly record struct PcapNgInterface(LinkType LinkType, uint SnapLength, ulong UnitsPerSecond, long OffsetSeconds)
{
    /// <summary>Bytes of the block that are looked at: options beyond are not read.</summary>
    public const uint MaxDescription = 65_536;

    private const int TimeResolutionOption = 9, TimeOffsetOption = 14;

    /// <summary>Year 2116: so far from the range's end that the difference of two timestamps cannot overflow.</summary>
    private const long LatestTimestamp = 1L << 62;

    /// <summary>Nanoseconds since the epoch, saturating at the epoch and at <see cref="LatestTimestamp"/>.</summary>
    public long Nanoseconds(ulong units)
    {
        var seconds = units / UnitsPerSecond;
        var rest = units % UnitsPerSecond;
        var fraction = UnitsPerSecond <= 1_000_000_000
            ? rest * 1_000_000_000 / UnitsPerSecond
            : (ulong)((UInt128)rest * 1_000_000_000 / UnitsPerSecond);
        var total = ((Int128)seconds + OffsetSeconds) * 1_000_000_000 + fraction;
        return (long)Int128.Clamp(total, 0, LatestTimestamp);
    }

    /// <summary>Reads the block from its type on; a fault leaves what was read, with the default of microseconds.</summary>
    public static CaptureFault Read(ReadOnlySpan<byte> block, bool bigEndian, out PcapNgInterface description)
    {
        description = default;
        if (block.Length < 20) return CaptureFault.BadLength;
        var snapLength = U32(block[12..], bigEndian);
        description = new((LinkType)U16(block[8..], bigEndian), snapLength == 0 ? uint.MaxValue : snapLength, 1_000_000, 0);

        var options = block[16..^4];
        while (options.Length >= 4)
        {
            var code = U16(options, bigEndian);
            var length = U16(options[2..], bigEndian);
            if (code == 0) break;
            if (length > options.Length - 4) return CaptureFault.BadLength;
            var value = options.Slice(4, length);
            if (code == TimeResolutionOption && length >= 1) description = description with { UnitsPerSecond = Resolution(value[0]) };
            if (code == TimeOffsetOption && length >= 8) description = description with { OffsetSeconds = (long)U64(value, bigEndian) };
            options = options[Math.Min(options.Length, 4 + (length + 3 & ~3))..];
        }
        return description.UnitsPerSecond == 0 ? CaptureFault.BadTimeResolution : CaptureFault.None;
    }

    public static uint U32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public static ushort U16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>Units per second of if_tsresol: a negative power of two with the top bit set, else of ten; 0 beyond 64 bits.</summary>
    private static ulong Resolution(byte option)
    {
        var exponent = option & 0x7F;
        if ((option & 0x80) != 0) return exponent < 64 ? 1UL << exponent : 0;
        if (exponent > 19) return 0;
        var units = 1UL;
        for (var i = 0; i < exponent; i++) units *= 10;
        return units;
    }
}
