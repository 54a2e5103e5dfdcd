namespace IoMTAD.Training.Datasets;

/// <summary>Where the files of a dataset lie: <c>train/</c> and <c>test/</c> as downloaded, the label in the file name.</summary>
/// <remarks>In a folder without these two, <c>_test</c> in a file's name puts it into the test part, <c>_train</c> into the training
/// part; a file that says neither belongs to both, for the command that asks.</remarks>
public static class DatasetFolder
{
    public const string Train = "train", Test = "test";

    private static readonly string[] Extensions = [".csv", ".pcap", ".pcapng"];

    /// <summary>The files of a part, pieces of a class in their number's order; empty where there are none.</summary>
    public static IReadOnlyList<string> Files(string folder, string part)
    {
        var (train, test) = (Path.Combine(folder, Train), Path.Combine(folder, Test));
        if (Directory.Exists(train) || Directory.Exists(test)) return Ordered(Path.Combine(folder, part));
        var other = part == Train ? "_test." : "_train.";
        return [.. Ordered(folder).Where(f => !Path.GetFileName(f).Contains(other, StringComparison.OrdinalIgnoreCase))];
    }

    private static IReadOnlyList<string> Ordered(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder).Where(f => Extensions.Contains(Path.GetExtension(f).ToLowerInvariant()))
            .OrderBy(DatasetLabel.Of, StringComparer.Ordinal).ThenBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)];
}
