namespace IoMTAD.Training.Evaluation;

/// <summary>How often which class was taken for which.</summary>
/// <param name="Labels">Those that occur, as truth or as answer.</param>
/// <param name="Counts"><c>[truth][answer]</c></param>
public sealed record ConfusionMatrix(IReadOnlyList<string> Labels, int[][] Counts)
{
    /// <param name="answers">Pairs of truth and answer.</param>
    public static ConfusionMatrix Of(IReadOnlyCollection<(string Truth, string Answer)> answers)
    {
        string[] labels = [.. answers.SelectMany(a => new[] { a.Truth, a.Answer }).Distinct().Order(StringComparer.Ordinal)];
        var index = labels.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i, StringComparer.Ordinal);
        var counts = labels.Select(_ => new int[labels.Length]).ToArray();
        foreach (var (truth, answer) in answers) counts[index[truth]][index[answer]]++;
        return new(labels, counts);
    }

    public int Total => Counts.Sum(row => row.Sum());

    public double Accuracy => Total == 0 ? double.NaN : (double)Enumerable.Range(0, Labels.Count).Sum(i => Counts[i][i]) / Total;

    /// <summary>Precision, recall and F1 of each label; 0 where they are not defined, as scikit-learn has it.</summary>
    public IReadOnlyList<ClassQuality> Qualities => [.. Enumerable.Range(0, Labels.Count).Select(i =>
    {
        var (hits, truths, answers) = (Counts[i][i], Counts[i].Sum(), Counts.Sum(row => row[i]));
        return new ClassQuality(Labels[i], truths, Ratio(hits, answers), Ratio(hits, truths), Ratio(2 * hits, truths + answers));
    })];

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <param name="Sequences">Of this class in the data.</param>
public sealed record ClassQuality(string Label, int Sequences, double Precision, double Recall, double F1);
