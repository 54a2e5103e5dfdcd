using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Evaluation;

/// <summary>Measures a classifier on labelled sequences.</summary>
public static class ClassificationEvaluation
{
    /// <param name="answers">Truth and answer at the classifier's own level, class after class, each in its order of time.</param>
    /// <param name="level">How many classes the classifier was made for: 2, 6 or 19.</param>
    public static ClassificationResult Run(IReadOnlyList<(string Truth, string Answer)> answers, int level, int seed = 1)
    {
        var levels = DatasetLabel.ClassCounts.Where(n => n <= level).Select(n => LevelQuality.Of(n, At(answers, n))).ToList();
        var (finest, binary) = (levels[^1], levels[0]);
        var byTruth = answers.GroupBy(a => a.Truth, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        var intervals = new Bootstrap(seed).Intervals([.. byTruth.Select(g => g.Length)], drawn =>
        {
            (string, string)[] picked = [.. byTruth.SelectMany((group, i) => drawn[i].Select(j => group[j]))];
            var quality = LevelQuality.Of(level, picked);
            return [quality.Accuracy, quality.MacroF1, LevelQuality.Of(2, At(picked, 2)).MacroF1];
        });
        return new(answers.Count, finest.Accuracy, finest.MacroPrecision, finest.MacroRecall, finest.MacroF1, finest.WeightedF1, binary.MacroF1,
            intervals[0], intervals[1], intervals[2], finest.PerClass, levels);
    }

    /// <summary>The most probable class of each sequence.</summary>
    public static string[] Answers(IClassifier classifier, ISequences sequences)
    {
        var classes = classifier.Classes.Count;
        var probabilities = new float[sequences.Count * classes];
        classifier.Classify(sequences, probabilities);
        return [.. Enumerable.Range(0, sequences.Count).Select(i => classifier.Classes[Largest(probabilities.AsSpan(i * classes, classes))])];
    }

    private static (string, string)[] At(IEnumerable<(string Truth, string Answer)> answers, int classes) =>
        [.. answers.Select(a => (DatasetLabel.Coarse(a.Truth, classes), DatasetLabel.Coarse(a.Answer, classes)))];

    private static int Largest(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}
