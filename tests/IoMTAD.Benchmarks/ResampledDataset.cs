namespace IoMTAD.Benchmarks;

/// <summary>A dataset of any size, made of runs of rows that are drawn from a real one, class by class in its own proportions.</summary>
internal static class ResampledDataset
{
    private const int Run = 200, RowsPerPiece = 1_000_000;

    /// <param name="source">A folder with <c>train/*.csv</c>.</param>
    public static void Write(string source, string target, long rows, int seed)
    {
        var folder = Directory.CreateDirectory(Path.Combine(target, "train")).FullName;
        var files = Directory.GetFiles(Path.Combine(source, "train"), "*.csv").Order(StringComparer.Ordinal)
            .Select(f => (Name: Path.GetFileName(f).Replace("_train.pcap.csv", "", StringComparison.Ordinal), Lines: File.ReadAllLines(f))).ToArray();
        var total = files.Sum(f => (long)f.Lines.Length - 1);
        var random = new Random(seed);
        foreach (var (name, lines) in files)
        {
            var left = rows * (lines.Length - 1) / total;
            for (var piece = 1; left > 0; piece++)
            {
                using var writer = new StreamWriter(Path.Combine(folder, $"{name}{piece}_train.pcap.csv"));
                writer.WriteLine(lines[0]);
                for (var count = 0; count < RowsPerPiece && left > 0;)
                {
                    var run = (int)Math.Min(Math.Min(Run, lines.Length - 1), Math.Min(left, RowsPerPiece - count));
                    var from = 1 + random.Next(lines.Length - run);
                    for (var i = 0; i < run; i++) writer.WriteLine(lines[from + i]);
                    (count, left) = (count + run, left - run);
                }
            }
        }
    }
}
