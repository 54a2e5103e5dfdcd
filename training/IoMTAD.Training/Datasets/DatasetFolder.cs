using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>A dataset as it is downloaded: <c>train/*.csv</c> and <c>test/*.csv</c>, the label in the file name.</summary>
public static class DatasetFolder
{
    public const string Train = "train", Test = "test";

    /// <summary>The files of a part, pieces of a class in their number's order; empty where the folder is missing.</summary>
    public static IReadOnlyList<string> Files(string folder, string part)
    {
        var path = Path.Combine(folder, part);
        if (!Directory.Exists(path)) return [];
        return [.. Directory.EnumerateFiles(path, "*.csv").OrderBy(DatasetLabel.Of, StringComparer.Ordinal).ThenBy(f => f.Length)
            .ThenBy(f => f, StringComparer.Ordinal)];
    }

    /// <summary>All readable files of a part; for each of the others, a line says why.</summary>
    public static IReadOnlyList<DatasetRows> Read(string folder, string part, ICollection<string> problems)
    {
        var files = new List<DatasetRows>();
        foreach (var path in Files(folder, part))
        {
            var rows = DatasetFile.Read(path, out var failure);
            if (rows is null) problems.Add($"{Path.GetFileName(path)}: {failure}");
            else files.Add(rows);
            foreach (var bad in rows?.Failures ?? []) problems.Add($"{Path.GetFileName(path)}: {bad}");
        }
        return files;
    }

    /// <summary>Disjoint sequences of each label, never across files.</summary>
    public static IReadOnlyList<(string Label, ISequences Sequences)> ByLabel(IEnumerable<DatasetRows> files)
    {
        var labels = new List<(string Label, ISequences Sequences)>();
        foreach (var group in files.GroupBy(f => f.Label))
        {
            SequenceBatch? batch = null;
            foreach (var file in group)
            {
                batch ??= new(file.Schema.ModelColumns.Count);
                file.AddSequences(batch, 0, file.Count, batch.MaxSteps);
            }
            labels.Add((group.Key, batch!));
        }
        return labels;
    }
}
