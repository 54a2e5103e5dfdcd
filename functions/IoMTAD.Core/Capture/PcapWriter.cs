using System.Buffers;
using System.Buffers.Binary;

namespace IoMTAD.Capture;

/// <summary>Writes the pcap format (little-endian, nanosecond stamps) to any buffer: draft-ietf-opsawg-pcap.</summary>
public static class PcapWriter
{
    public const int FileHeaderLength = 24;
    public const int RecordHeaderLength = 16;
    public const uint NanosecondMagic = 0xA1B23C4D;

    public static void WriteHeader(IBufferWriter<byte> output, LinkType linkType, int snapLength = 65_535)
    {
        var header = output.GetSpan(FileHeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        header.Slice(8, 8).Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], snapLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], (int)linkType);
        output.Advance(FileHeaderLength);
    }

    /// <summary>Appends one frame, its bytes cut at <paramref name="snapLength"/>; the original length is kept.</summary>
    public static void WriteFrame(IBufferWriter<byte> output, in Frame frame, int snapLength = 65_535)
    {
        var captured = frame.Bytes.Length <= snapLength ? frame.Bytes : frame.Bytes[..snapLength];
        var record = output.GetSpan(RecordHeaderLength + captured.Length);
        // The format's seconds are unsigned and of 32 bits: 1970 to 2106.
        var timestamp = (ulong)Math.Clamp(frame.TimestampNanoseconds, 0, uint.MaxValue * 1_000_000_000L);
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(timestamp / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(timestamp % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], captured.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], Math.Max(frame.OriginalLength, frame.Bytes.Length));
        captured.CopyTo(record[RecordHeaderLength..]);
        output.Advance(RecordHeaderLength + captured.Length);
    }
}
