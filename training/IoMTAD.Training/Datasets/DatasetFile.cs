using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>Reads one CSV file of the dataset in a single pass through a fixed buffer.</summary>
public static class DatasetFile
{
    private const int BufferSize = 1 << 18;

    /// <summary>Lines that cannot be read are left out and listed; a header of no known format leaves no rows.</summary>
    /// <returns>The rows; null where the file is empty or its header is unknown.</returns>
    public static DatasetRows? Read(string path, out DatasetCsvFailure failure)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var buffer = new byte[BufferSize];
        var (filled, ended) = (0, false);
        DatasetCsv? csv = null;
        var rows = new RowList();
        var failures = new List<DatasetCsvFailure>();
        failure = new(DatasetCsvReason.UnknownHeader, 1, 0);
        while (!ended)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var got = stream.Read(buffer, filled, buffer.Length - filled);
            filled += got;
            ended = got == 0;
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, filled);
            while (DatasetCsv.TryTakeLine(ref bytes, ended, out var line))
            {
                if (csv is null)
                {
                    csv = DatasetCsv.FromHeader(line);
                    if (csv is null) return null;
                    continue;
                }
                if (!csv.TryReadRow(line, rows.Next(csv.Schema.ModelColumns.Count), out var bad)) failures.Add(bad);
                else rows.Keep(csv.Schema.ModelColumns.Count);
            }
            bytes.CopyTo(buffer);
            filled = bytes.Length;
        }
        if (csv is null) return null;
        failure = default;
        return new(path, DatasetLabel.Of(path), csv.Schema, rows.ToArray(), failures);
    }

    private sealed class RowList
    {
        private float[] values = new float[1 << 16];
        private int length;

        public Span<float> Next(int width)
        {
            if (length + width > values.Length) Array.Resize(ref values, values.Length * 2);
            return values.AsSpan(length, width);
        }

        public void Keep(int width) => length += width;

        public float[] ToArray() => values[..length];
    }
}
