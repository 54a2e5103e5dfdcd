using System.Buffers.Text;
using System.Text;

namespace IoMTAD.Features;

/// <summary>Reads the dataset's CSV from UTF-8 bytes, line by line, as they come; nothing is allocated per row.</summary>
public sealed class DatasetCsv
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    // Where each CSV column goes in a row of model columns; -1 is dropped.
    private readonly int[] targets;
    private long line = 1;

    private DatasetCsv(FeatureSchema schema)
    {
        Schema = schema;
        targets = new int[schema.Columns.Count];
        Array.Fill(targets, -1);
        for (var i = 0; i < schema.ModelColumns.Count; i++) targets[schema.ModelColumns[i]] = i;
    }

    public FeatureSchema Schema { get; }

    /// <summary>Number of the line read last; the header is line 1.</summary>
    public long Line => line;

    /// <summary>Recognises the format by the header's names.</summary>
    /// <param name="withLeaks">Keep the columns that give the label away too: to show what they do, never to detect with.</param>
    /// <returns>Null where it is neither of the published ones.</returns>
    public static DatasetCsv? FromHeader(ReadOnlySpan<byte> header, bool withLeaks = false)
    {
        if (header.StartsWith(ByteOrderMark)) header = header[ByteOrderMark.Length..];
        foreach (var schema in new[] { CicIoMT2024.V1, CicIoMT2024.V2 })
            if (Matches(header, schema)) return new(withLeaks ? schema.WithLeaks() : schema);
        return null;
    }

    /// <summary>Takes the next line, without its end, off the front of <paramref name="bytes"/>.</summary>
    /// <param name="last">No more bytes follow: what is left without a line end is a line too.</param>
    public static bool TryTakeLine(ref ReadOnlySpan<byte> bytes, bool last, out ReadOnlySpan<byte> text)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            text = bytes;
            if (!last || bytes.IsEmpty) return false;
            bytes = default;
        }
        else
        {
            text = bytes[..end];
            bytes = bytes[(end + 1)..];
        }
        if (text.EndsWith("\r"u8)) text = text[..^1];
        return true;
    }

    /// <param name="row">The schema's model columns, raw.</param>
    /// <returns>Whether the row was read; if not, its values are not to be used.</returns>
    public bool TryReadRow(ReadOnlySpan<byte> text, Span<float> row, out DatasetCsvFailure failure)
    {
        line++;
        for (var column = 0; column < targets.Length; column++)
        {
            var comma = text.IndexOf((byte)',');
            var isLast = column == targets.Length - 1;
            if (comma < 0 != isLast)
            {
                failure = new(DatasetCsvReason.ColumnCount, line, column + 1);
                return false;
            }
            var value = (isLast ? text : text[..comma]).Trim((byte)' ');
            if (!isLast) text = text[(comma + 1)..];
            if (!Utf8Parser.TryParse(value, out float number, out var used) || used != value.Length || !float.IsFinite(number))
            {
                failure = new(DatasetCsvReason.NotANumber, line, column + 1);
                return false;
            }
            if (targets[column] >= 0) row[targets[column]] = number;
        }
        failure = default;
        return true;
    }

    private static bool Matches(ReadOnlySpan<byte> header, FeatureSchema schema)
    {
        if (header.Count((byte)',') != schema.Columns.Count - 1) return false;
        var column = 0;
        foreach (var range in header.Split((byte)','))
            if (!header[range].Trim((byte)' ').SequenceEqual(Encoding.UTF8.GetBytes(schema.Columns[column++].Name))) return false;
        return true;
    }
}
