using System.Buffers;
using System.Text;
using IoMTAD.Capture;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Local.Capture;

/// <summary>Cuts a dataset file into segments: the header line and up to ten rows each, never across files.</summary>
/// <remarks>Rows carry no usable time (their IAT leaks the clock), so a segment counts as one second since 1970.</remarks>
public static class CsvFile
{
    private const int RowsPerSegment = 10;

    public static IEnumerable<Segment> ReadSegments(string path, string topic)
    {
        using var lines = new StreamReader(CaptureFile.OpenRead(path), bufferSize: 1 << 16);
        if (lines.ReadLine() is not { } header) yield break;
        var content = header.Contains("Time_To_Live", StringComparison.Ordinal) ? SegmentContent.CicIoMT2024V2 : SegmentContent.CicIoMT2024V1;
        var device = Path.GetFileName(path);
        var value = new ArrayBufferWriter<byte>();
        var (rows, offset) = (0, 0L);
        while (lines.ReadLine() is { } row)
        {
            if (rows == 0) Write(value, header);
            Write(value, row);
            if (++rows == RowsPerSegment) yield return Cut();
        }
        if (rows > 0) yield return Cut();

        Segment Cut()
        {
            var segment = new Segment(
                device, content, new TrafficPosition(topic, 0, offset), value.WrittenSpan.ToArray(), (offset + 1) * 1_000_000_000);
            offset++;
            rows = 0;
            value.ResetWrittenCount();
            return segment;
        }
    }

    private static void Write(ArrayBufferWriter<byte> value, string line)
    {
        Encoding.UTF8.GetBytes(line.AsSpan(), value);
        value.Write("\n"u8);
    }
}
