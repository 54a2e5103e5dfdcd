using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Evaluation;

/// <summary>How one attack class is told from benign traffic.</summary>
/// <param name="RecallAtRate">Share found when the threshold lets exactly the wanted rate of the benign test sequences through.</param>
/// <param name="RecallAtThreshold">Share found at the model's own threshold.</param>
public sealed record ClassDetection(string Label, int Sequences, double Auc, double RecallAtRate, double RecallAtThreshold);

/// <param name="FalseAlarmRate">Share of benign test sequences above the model's own threshold.</param>
public sealed record DetectionResult(
    double MacroAuc, double MacroRecallAtRate, double MacroRecallAtThreshold, double FalseAlarmRate, int BenignSequences,
    IReadOnlyList<ClassDetection> PerClass);

/// <summary>Measures a scorer on labelled sequences, class by class and as the plain mean over attack classes.</summary>
public static class DetectionEvaluation
{
    public static DetectionResult Run(
        IAnomalyScorer scorer, ISequences benign, IEnumerable<(string Label, ISequences Sequences)> attacks, double rate = 0.01)
    {
        var quiet = Scores(scorer, benign);
        var atRate = RocCurve.ThresholdAt(quiet, rate);
        var classes = new List<ClassDetection>();
        foreach (var (label, sequences) in attacks)
        {
            var scores = Scores(scorer, sequences);
            classes.Add(new(label, scores.Length, RocCurve.Area(quiet, scores), RocCurve.ShareAbove(scores, atRate),
                RocCurve.ShareAbove(scores, scorer.Threshold)));
        }
        return new(Mean(c => c.Auc), Mean(c => c.RecallAtRate), Mean(c => c.RecallAtThreshold),
            RocCurve.ShareAbove(quiet, scorer.Threshold), quiet.Length, classes);

        double Mean(Func<ClassDetection, double> figure) => classes.Count == 0 ? double.NaN : classes.Average(figure);
    }

    public static float[] Scores(IAnomalyScorer scorer, ISequences sequences)
    {
        var scores = new AnomalyScore[sequences.Count];
        scorer.Score(sequences, scores);
        return Array.ConvertAll(scores, s => s.Score);
    }
}
