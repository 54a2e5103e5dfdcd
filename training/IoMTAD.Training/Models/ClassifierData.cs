using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Models;

/// <summary>What classifiers learn from: labelled sequences and the scaler fitted to them.</summary>
/// <param name="Labels">Indices into <paramref name="Classes"/>, one per sequence.</param>
internal sealed record ClassifierData(FeatureSchema Schema, FeatureScaler Scaler, ISequences Sequences, int[] Labels, IReadOnlyList<string> Classes)
{
    // Rare classes are shown at every alignment, common ones at enough of them.
    private const int RareRows = 3_000, ManyRows = 100_000;

    /// <param name="files">Each with the rows from and to which it is used.</param>
    /// <param name="level">2, 6 or 19: see <see cref="DatasetLabel.Coarse"/>.</param>
    public static ClassifierData Of(FeatureSchema schema, IReadOnlyList<(LabelledFile File, int From, int To)> files, int level)
    {
        string[] classes = [.. files.Select(f => DatasetLabel.Coarse(f.File.Label, level)).Distinct().Order(StringComparer.Ordinal)];
        var rows = files.GroupBy(f => f.File.Label).ToDictionary(g => g.Key, g => g.Sum(f => (long)f.To - f.From));
        var parts = new List<ISequences>();
        var labels = new List<int>();
        foreach (var (file, from, to) in files)
        {
            var stride = rows[file.Label] switch { < RareRows => 1, < ManyRows => 3, _ => SequenceBatch.DefaultSteps };
            var sequences = file.Sequences(from, to, stride);
            parts.Add(sequences);
            labels.AddRange(Enumerable.Repeat(Array.IndexOf(classes, DatasetLabel.Coarse(file.Label, level)), sequences.Count));
        }
        var all = new SequenceUnion(parts);
        return new(schema, ScalerFit.Fit(all), all, [.. labels], classes);
    }

    public LabelledVectors Vectors(SequenceInput input) => new(new SequenceVectors(Sequences, Scaler, input), Labels, Classes);

    /// <summary>How many features a row has, padding not counted.</summary>
    public int Features => Schema.ModelColumns.Count;
}
