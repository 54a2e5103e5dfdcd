using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Training.Evaluation;

/// <summary>Measures a model, detector and classifier, on the test part of a dataset.</summary>
public static class ModelEvaluation
{
    private const int MostExplained = 400, Contributions = 24;

    /// <param name="data">Of the model's schema.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static EvaluationDetails Run(AnomalyModel model, Dataset data, int seed = 1)
    {
        var scorer = new ManagedAnomalyScorer(model);
        ClassScores[] scores = [.. data.Tests.OrderBy(t => t.Label != DatasetLabel.Benign)
            .Select(t => new ClassScores(t.Label, DetectionEvaluation.Scores(scorer, t.Sequences)))];
        var known = model.Manifest.TrainingLabels;
        string[] unseen = [.. scores.Select(s => s.Label).Where(l => l != DatasetLabel.Benign && !known.Contains(l))];
        var report = new EvaluationReport(model.Version, model.Schema.Name, Detection(scores, model, data, known, seed),
            Classification(model.Classifier, data, known, seed), unseen, data.Card);
        return new(report, scores, Importance(scorer, data, scores)) { AskedFalseAlarmRate = model.Manifest.FalseAlarmRate };
    }

    private static DetectionResult? Detection(
        ClassScores[] scores, AnomalyModel model, Dataset data, IReadOnlyList<string> known, int seed)
    {
        var benign = scores.FirstOrDefault(s => s.Label == DatasetLabel.Benign)?.Scores ?? [];
        ClassScores[] attacks = [.. scores.Where(s => s.Label != DatasetLabel.Benign)];
        return benign.Length == 0 || attacks.Length == 0
            ? null
            : DetectionEvaluation.Run(benign, attacks, model.Manifest.Threshold, known.Contains, seed, data.BenignTestHours);
    }

    private static ClassificationResult? Classification(ClassifierModel? model, Dataset data, IReadOnlyList<string> known, int seed)
    {
        if (model is null) return null;
        var level = Level(model);
        var classifier = new ManagedClassifier(model);
        var answers = new List<(string Truth, string Answer)>();
        foreach (var (label, sequences) in data.Tests.Where(t => known.Contains(t.Label)))
            answers.AddRange(ClassificationEvaluation.Answers(classifier, sequences).Select(a => (DatasetLabel.Coarse(label, level), a)));
        return answers.Count == 0 ? null : ClassificationEvaluation.Run(answers, level, seed);
    }

    /// <summary>The level that a classifier answers at: its classes are the same made that coarse.</summary>
    private static int Level(ClassifierModel model) =>
        DatasetLabel.ClassCounts.First(n => model.Classes.All(c => DatasetLabel.Coarse(c, n) == c));

    /// <summary>Mean part of each feature in the scores of attacks, every class counting alike.</summary>
    private static List<FeatureImportance> Importance(ManagedAnomalyScorer scorer, Dataset data, ClassScores[] scores)
    {
        var sums = new double[scorer.Schema.ModelColumns.Count];
        var contributions = new FeatureContribution[Math.Min(Contributions, sums.Length)];
        foreach (var (label, sequences) in data.Tests.Where(t => t.Label != DatasetLabel.Benign))
        {
            var wanted = Math.Min(sequences.Count, MostExplained / Math.Max(1, scores.Length - 1));
            for (var i = 0; i < wanted; i++)
            {
                var count = scorer.Explain(sequences, (int)((long)i * sequences.Count / wanted), contributions);
                foreach (var c in contributions.AsSpan(0, count)) sums[c.Feature] += c.Contribution / wanted;
            }
        }
        var total = Math.Max(1e-12, sums.Sum());
        return [.. sums.Select((s, i) => new FeatureImportance(scorer.Schema.ModelFeature(i).Name, scorer.Schema.ModelFeature(i).Label, s / total))
            .OrderByDescending(f => f.Share)];
    }
}
