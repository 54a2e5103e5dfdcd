using System.Security.Cryptography;
using System.Text;
using IoMTAD.Features;

namespace IoMTAD.Training.Datasets;

/// <summary>A labelled dataset in memory: what is learned from, and what is measured on.</summary>
/// <param name="Problems">What could not be read, a line each that names file and line; at most a few per file.</param>
public sealed record Dataset(
    FeatureSchema Schema, IReadOnlyList<LabelledFile> Train, IReadOnlyList<LabelledFile> Test, DataCard Card, IReadOnlyList<string> Problems)
{
    /// <summary>Labels of the training part, in the order of their names.</summary>
    public IReadOnlyList<string> TrainLabels { get; } = [.. Train.Select(f => f.Label).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The test part as disjoint sequences per label, repeats left out as the reading said.</summary>
    public required IReadOnlyList<LabelledSequences> Tests { get; init; }

    /// <summary>How long the benign test traffic took; null where the data does not say.</summary>
    public double? BenignTestHours
    {
        get
        {
            var hours = Test.Where(f => f.Label == DatasetLabel.Benign).Select(f => f.Hours).ToList();
            return hours.Count > 0 && hours.All(h => h > 0) ? hours.Sum() : null;
        }
    }

    /// <summary>SHA-256 over the digests of all files and how they were read.</summary>
    internal static string Digest(IEnumerable<LabelledFile> train, IEnumerable<LabelledFile> test, DatasetReading reading)
    {
        var text = new StringBuilder(reading.Identity).Append('\n');
        foreach (var file in train) text.Append("train ").Append(Path.GetFileName(file.Path)).Append(' ').Append(file.Sha256).Append('\n');
        foreach (var file in test) text.Append("test ").Append(Path.GetFileName(file.Path)).Append(' ').Append(file.Sha256).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>Sequences of one label.</summary>
public sealed record LabelledSequences(string Label, ISequences Sequences);

/// <summary>What a dataset holds, in figures.</summary>
/// <param name="Sha256">Of all files and how they were read.</param>
/// <param name="DuplicateRows">Rows (or segments) of the part that repeat an earlier one of it, all model columns alike.</param>
/// <param name="TestRowsInTrain">Test rows that stand in the training part too.</param>
/// <param name="DuplicateTestSequences">Test sequences that stand in the training part, at any alignment, or earlier in the test
/// part.</param>
public sealed record DataCard(
    string Sha256, string Schema, IReadOnlyList<DataCardFile> Files, long DuplicateTrainRows, long DuplicateTestRows, long TestRowsInTrain,
    int DuplicateTestSequences, bool DuplicatesDropped);

/// <param name="Rows">Read; rows of a CSV or segments of a capture.</param>
/// <param name="Skipped">Could not be read.</param>
public sealed record DataCardFile(string Part, string Name, string Label, int Rows, int Skipped);
