using IoMTAD.Capture;
using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>A dataset, or why there is none.</summary>
public sealed record DatasetLoad(Dataset? Dataset, IReadOnlyList<string> Problems);

/// <summary>Reads both parts of a dataset, two files at a time.</summary>
public sealed class DatasetReader(DatasetReading reading, Action<double>? onProgress = null)
{
    private const int ProblemsPerFile = 5, Readers = 2;

    private readonly List<string> problems = [];
    private long wanted = 1, done;

    /// <param name="parts">Which parts are needed; the others are left empty. A file that could be of either belongs to the one named
    /// first.</param>
    public DatasetLoad Read(string folder, params IReadOnlyList<string> parts)
    {
        var byPart = parts.ToDictionary(p => p, p => DatasetFolder.Files(folder, p));
        foreach (var later in parts.Skip(1)) byPart[later] = [.. byPart[later].Except(byPart[parts[0]])];
        var (trainPaths, testPaths) = (byPart.GetValueOrDefault(DatasetFolder.Train, []), byPart.GetValueOrDefault(DatasetFolder.Test, []));
        return trainPaths.Count + testPaths.Count > 0
            ? Read(trainPaths, testPaths, null)
            : new(null, [$"{folder}: no CSV or capture files of the {string.Join(" or ", parts)} part; "
                + "a dataset has train/*.csv and test/*.csv, the label in the file name"]);
    }

    /// <summary>Files of benign traffic to learn from, whatever their names.</summary>
    public DatasetLoad ReadBenign(IReadOnlyList<string> paths) => Read(paths, [], DatasetLabel.Benign);

    private DatasetLoad Read(IReadOnlyList<string> trainPaths, IReadOnlyList<string> testPaths, string? label)
    {
        string[] paths = [.. trainPaths, .. testPaths];
        wanted = Math.Max(1, paths.Sum(p => new FileInfo(p).Length));
        var files = new LabelledFile?[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = Readers }, i =>
        {
            var file = Readable(paths[i]);
            files[i] = label is null || file is null ? file : file with { Label = label };
        });
        if (problems.Count > 0 && (!reading.Lenient || files.All(f => f is null))) return new(null, Sorted());
        var schema = files.First(f => f is not null)!.Schema;
        foreach (var other in files.Where(f => f is not null && f.Schema.Name != schema.Name))
            return new(null, [$"{other!.Path}: holds {other.Schema.Name}, but {files.First(f => f is not null)!.Path} holds {schema.Name}: "
                + "one dataset has one kind of features"]);
        var train = Files(0, trainPaths.Count);
        var test = Files(trainPaths.Count, paths.Length);
        return new(new DuplicateSearch(train, test, reading).Dataset(schema, Sorted()), Sorted());

        LabelledFile[] Files(int from, int to) => [.. files[from..to].OfType<LabelledFile>()];
    }

    private LabelledFile? Readable(string path)
    {
        try
        {
            return ReadFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Note($"{path}: {e.Message}");
            return null;
        }
    }

    private LabelledFile? ReadFile(string path)
    {
        var faults = 0;
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return CaptureSegments.Read(path, reading.Inventory ?? DeviceInventory.Empty, Note, PositionBytes());
        var rows = DatasetFile.Read(path, reading, fault =>
        {
            if (faults++ < ProblemsPerFile) Note($"{path}: {fault}");
            return reading.Lenient;
        }, Advance);
        if (faults > ProblemsPerFile) Note($"{path}: {faults - ProblemsPerFile} more such lines");
        return rows;
    }

    private void Note(string problem)
    {
        lock (problems) problems.Add(problem);
    }

    private void Advance(long bytes) => onProgress?.Invoke(Math.Min(1, (double)Interlocked.Add(ref done, bytes) / wanted));

    private Action<long> PositionBytes()
    {
        long before = 0;
        return position =>
        {
            Advance(position - before);
            before = position;
        };
    }

    private IReadOnlyList<string> Sorted() => [.. problems.Order(StringComparer.Ordinal)];
}
