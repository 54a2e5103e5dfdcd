using IoMTAD.Features;
using IoMTAD.Tests;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Tests.Datasets;

/// <summary>Small datasets on disk, made of rows whose values are all one number.</summary>
internal sealed class DatasetText : IDisposable
{
    public static readonly string V1Header = string.Join(',', CicIoMT2024.V1.Columns.Select(c => c.Name));
    public static readonly string V2Header = string.Join(',', CicIoMT2024.V2.Columns.Select(c => c.Name));

    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public static string Row(double value, int columns = 45) => string.Join(',', Enumerable.Repeat(FormattableString.Invariant($"{value}"), columns));

    /// <summary>Rows of the numbers from <paramref name="from"/> on.</summary>
    public static string[] Rows(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => Row(i))];

    /// <param name="path">Below the folder: <c>train/Benign_train.pcap.csv</c>.</param>
    public string Write(string path, string header, params string[] rows)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, [header, .. rows]);
        return file;
    }

    public DatasetLoad Read(DatasetReading? reading = null) =>
        new DatasetReader(reading ?? new()).Read(Folder, DatasetFolder.Train, DatasetFolder.Test);

    public void Dispose() => folder.Dispose();
}
