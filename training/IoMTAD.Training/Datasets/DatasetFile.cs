using System.Security.Cryptography;
using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>Reads one CSV file of the dataset in a single pass through a fixed buffer.</summary>
public static class DatasetFile
{
    private const int BufferSize = 1 << 18, ReportEvery = 1 << 22;

    /// <param name="onFault">Hears of each line that cannot be read, after which it is left out; where it answers false, reading
    /// ends.</param>
    /// <returns>The rows; null where reading ended, or the header is that of no known format.</returns>
    public static DatasetRows? Read(string path, DatasetReading reading, Func<DatasetCsvFailure, bool> onFault, Action<long>? onBytes = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var (filled, ended, skipped) = (0, false, 0);
        long total = 0, reported = 0;
        DatasetCsv? csv = null;
        RowList? rows = null;
        while (!ended)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var got = stream.Read(buffer, filled, buffer.Length - filled);
            digest.AppendData(buffer, filled, got);
            (filled, total, ended) = (filled + got, total + got, got == 0);
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, filled);
            if (csv is null)
            {
                if (!DatasetCsv.TryTakeLine(ref bytes, ended, out var header) && !ended) continue;
                csv = DatasetCsv.FromHeader(header, reading.WithLeaks);
                if (csv is null) return Refuse(header.IsEmpty ? DatasetCsvReason.Empty : DatasetCsvReason.UnknownHeader);
                rows = new(csv.Schema.ModelColumns.Count, EstimateRows(bytes, stream.Length));
            }
            while (DatasetCsv.TryTakeLine(ref bytes, ended, out var line))
            {
                if (csv.TryReadRow(line, rows!.Next(), out var fault))
                {
                    rows.Keep();
                    continue;
                }
                skipped++;
                if (!onFault(fault)) return null;
            }
            bytes.CopyTo(buffer);
            filled = bytes.Length;
            if (total - reported < ReportEvery && !ended) continue;
            onBytes?.Invoke(total - reported);
            reported = total;
        }
        var sha256 = Convert.ToHexStringLower(digest.GetHashAndReset());
        return new(path, DatasetLabel.Of(path), csv!.Schema, sha256, skipped, rows!.Values, rows.Count);

        DatasetRows? Refuse(DatasetCsvReason reason)
        {
            onFault(new(reason, 1, 0));
            return null;
        }
    }

    // Memory for the rows is asked for once: growing by doubling would need half as much again while it copies.
    private static int EstimateRows(ReadOnlySpan<byte> beginning, long fileLength)
    {
        var lines = beginning.Count((byte)'\n') + 1;
        return (int)Math.Min(1 + fileLength * lines / Math.Max(1, beginning.Length) * 21 / 20, Array.MaxLength / 64);
    }

    private sealed class RowList(int width, int expected)
    {
        public float[] Values { get; private set; } = new float[Math.Max(1, expected) * width];
        public int Count { get; private set; }

        public Span<float> Next()
        {
            if ((Count + 1) * width > Values.Length)
            {
                var more = Values;
                Array.Resize(ref more, Values.Length * 3 / 2 + width);
                Values = more;
            }
            return Values.AsSpan(Count * width, width);
        }

        public void Keep() => Count++;
    }
}
