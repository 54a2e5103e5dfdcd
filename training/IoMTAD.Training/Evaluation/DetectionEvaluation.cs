using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Evaluation;

/// <summary>The scores of one class's sequences, in their order.</summary>
public sealed record ClassScores(string Label, float[] Scores);

/// <summary>Measures a detector on labelled sequences, class by class and as the plain mean over attack classes.</summary>
public static class DetectionEvaluation
{
    /// <param name="attacks">Those without sequences are passed over.</param>
    /// <param name="benignHours">How long the benign traffic took, where that is known.</param>
    public static DetectionResult Run(
        float[] benign, IEnumerable<ClassScores> attacks, double threshold, Func<string, bool> seen, int seed = 1, double? benignHours = null)
    {
        ClassScores[] classes = [.. attacks.Where(a => a.Scores.Length > 0)];
        var intervals = Intervals(benign, classes, threshold, seed);
        var perClass = classes.Select((c, i) => new ClassDetection(c.Label, c.Scores.Length, seen(c.Label), RocCurve.Area(benign, c.Scores),
            RocCurve.AveragePrecision(benign, c.Scores), Recall(c, 0.001), Recall(c, 0.01), Recall(c, 0.05),
            RocCurve.ShareAbove(c.Scores, threshold), intervals[3 + 2 * i], intervals[4 + 2 * i])).ToList();
        var alarms = RocCurve.ShareAbove(benign, threshold);
        return new(Mean(c => c.Auc), Mean(c => c.AveragePrecision), Mean(c => c.RecallAt01Percent), Mean(c => c.RecallAt1Percent),
            Mean(c => c.RecallAt5Percent), Mean(c => c.RecallAtThreshold), alarms, benignHours is { } h ? alarms * benign.Length / h : null,
            threshold, benign.Length, intervals[0], intervals[1], intervals[2], perClass);

        double Mean(Func<ClassDetection, double> figure) => perClass.Count == 0 ? double.NaN : perClass.Average(figure);
        double Recall(ClassScores c, double rate) => RocCurve.ShareAbove(c.Scores, RocCurve.ThresholdAt(benign, rate));
    }

    /// <summary>Of macro area, macro recall at 1 %, false-alarm rate; then area and recall at 1 % of each class.</summary>
    private static Interval[] Intervals(float[] benign, ClassScores[] classes, double threshold, int seed) =>
        new Bootstrap(seed).Intervals([benign.Length, .. classes.Select(c => c.Scores.Length)], drawn =>
        {
            var quiet = Pick(benign, drawn[0]);
            var atRate = RocCurve.ThresholdAt(quiet, 0.01);
            var figures = new double[3 + 2 * classes.Length];
            for (var i = 0; i < classes.Length; i++)
            {
                var scores = Pick(classes[i].Scores, drawn[i + 1]);
                figures[3 + 2 * i] = RocCurve.Area(quiet, scores);
                figures[4 + 2 * i] = RocCurve.ShareAbove(scores, atRate);
                figures[0] += figures[3 + 2 * i] / classes.Length;
                figures[1] += figures[4 + 2 * i] / classes.Length;
            }
            figures[2] = RocCurve.ShareAbove(quiet, threshold);
            return figures;
        });

    private static float[] Pick(float[] values, int[] indices) => Array.ConvertAll(indices, i => values[i]);

    public static float[] Scores(IAnomalyScorer scorer, ISequences sequences)
    {
        var scores = new AnomalyScore[sequences.Count];
        scorer.Score(sequences, scores);
        return Array.ConvertAll(scores, s => s.Score);
    }
}
