using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IoMTAD.Capture;

/// <summary>
/// Reads pcap (both byte orders, micro- and nanoseconds) and pcapng from chunks of any size, without copying a frame. The caller keeps
/// what <see cref="TryRead"/> leaves in the buffer, appends the next chunk behind it, and asks again; a segment's value is read in one go.
/// </summary>
/// <remarks>
/// draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng. A buffer of <see cref="MinimumBuffer"/> bytes always makes progress.
/// </remarks>
public struct CaptureReader
{
    /// <summary>Longest frame taken for real, in bytes: libpcap's MAXIMUM_SNAPLEN.</summary>
    public const int MaxFrameLength = 262_144;
    public const int MinimumBuffer = MaxFrameLength + 64;

    private const uint MicrosecondMagic = 0xA1B2C3D4;

    private CaptureFormat format;
    private bool swapped;
    private uint fractionNanoseconds;
    private LinkType linkType;
    private PcapNgReader blocks;

    /// <summary>Bytes of the capture consumed so far.</summary>
    public long Position { get; private set; }

    /// <summary>The first failure; frames behind it are still read where the format allows it.</summary>
    public CaptureFailure Failure { get; private set; }

    public int FailureCount { get; private set; }

    /// <summary>Takes the next frame off the front of <paramref name="buffer"/>; false when it needs more bytes, or at the end.</summary>
    /// <param name="isFinal">No bytes follow those in the buffer: what is left of a record is then a failure.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ref ReadOnlySpan<byte> buffer, bool isFinal, out Frame frame)
    {
        if (format == CaptureFormat.Pcap && buffer.Length >= PcapWriter.RecordHeaderLength)
        {
            ref var record = ref MemoryMarshal.GetReference(buffer);
            var captured = Host32(ref record, 8);
            if (captured <= (uint)(buffer.Length - PcapWriter.RecordHeaderLength) && captured <= MaxFrameLength)
            {
                var timestamp = Host32(ref record, 0) * 1_000_000_000L + Host32(ref record, 4) * (long)fractionNanoseconds;
                var bytes = buffer.Slice(PcapWriter.RecordHeaderLength, (int)captured);
                frame = new Frame(timestamp, WireLength(Host32(ref record, 12), (int)captured), linkType, Position, bytes);
                Consume(ref buffer, PcapWriter.RecordHeaderLength + (int)captured);
                return true;
            }
        }
        return TryReadSlowly(ref buffer, isFinal, out frame);
    }

    /// <summary>A wire length below the captured one, or beyond any frame, is not believed.</summary>
    internal static int WireLength(uint claimed, int captured) => Math.Max((int)Math.Min(claimed, MaxFrameLength), captured);

    internal void Consume(ref ReadOnlySpan<byte> buffer, int count)
    {
        buffer = buffer[count..];
        Position += count;
    }

    /// <summary>Notes a failure and goes on.</summary>
    internal void Note(CaptureFault fault)
    {
        if (FailureCount++ == 0) Failure = new CaptureFailure(fault, Position);
    }

    /// <summary>Notes a failure behind which no record can be found again: the rest is passed over.</summary>
    internal bool Break(CaptureFault fault, ref ReadOnlySpan<byte> buffer)
    {
        Note(fault);
        format = CaptureFormat.Broken;
        Consume(ref buffer, buffer.Length);
        return false;
    }

    internal bool AwaitMore(ref ReadOnlySpan<byte> buffer, bool isFinal) => isFinal && Break(CaptureFault.Truncated, ref buffer);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadSlowly(ref ReadOnlySpan<byte> buffer, bool isFinal, out Frame frame)
    {
        frame = default;
        if (format == CaptureFormat.Unknown)
        {
            if (!TryReadFileHeader(ref buffer, isFinal)) return false;
            if (format == CaptureFormat.Pcap) return TryRead(ref buffer, isFinal, out frame);
        }
        if (format == CaptureFormat.Broken)
        {
            Consume(ref buffer, buffer.Length);
            return false;
        }
        if (format == CaptureFormat.PcapNg) return blocks.TryRead(ref this, ref buffer, isFinal, out frame);

        if (buffer.Length >= PcapWriter.RecordHeaderLength && Host32(ref MemoryMarshal.GetReference(buffer), 8) > MaxFrameLength)
            return Break(CaptureFault.BadLength, ref buffer);
        return !buffer.IsEmpty && AwaitMore(ref buffer, isFinal);
    }

    private bool TryReadFileHeader(ref ReadOnlySpan<byte> buffer, bool isFinal)
    {
        if (buffer.Length < 4) return AwaitMore(ref buffer, isFinal);
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(buffer);
        if (magic == PcapNgReader.SectionHeader)
        {
            format = CaptureFormat.PcapNg;
            return true;
        }
        var reversed = BinaryPrimitives.ReverseEndianness(magic);
        var isNative = magic is MicrosecondMagic or PcapWriter.NanosecondMagic;
        if (!isNative && reversed is not (MicrosecondMagic or PcapWriter.NanosecondMagic))
            return Break(CaptureFault.UnknownFormat, ref buffer);
        if (buffer.Length < PcapWriter.FileHeaderLength) return AwaitMore(ref buffer, isFinal);

        swapped = isNative != BitConverter.IsLittleEndian;
        fractionNanoseconds = (isNative ? magic : reversed) == MicrosecondMagic ? 1000u : 1u;
        // The upper half holds the length of the frame check sequence.
        linkType = (LinkType)(Host32(ref MemoryMarshal.GetReference(buffer), 20) & 0xFFFF);
        format = CaptureFormat.Pcap;
        Consume(ref buffer, PcapWriter.FileHeaderLength);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Host32(ref byte record, int offset)
    {
        var value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref record, offset));
        return swapped ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    private enum CaptureFormat : byte { Unknown, Pcap, PcapNg, Broken }
}
