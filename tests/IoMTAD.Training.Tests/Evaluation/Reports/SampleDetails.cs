using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Tests.Evaluation.Reports;

/// <summary>Details that hold all parts of a report, from made-up scores and answers.</summary>
internal static class SampleDetails
{
    public static DataCard Card { get; } = new("0123456789abcdef", "schema-v1",
        [new("train", "Benign_train.pcap.csv", "Benign", 1_234, 0), new("test", "Benign_test.pcap.csv", "Benign", 567, 8)], 11, 22, 33, 44, true);

    public static EvaluationDetails Full { get; } = Of([Scores("Benign", 0, 60), Scores("DoS-UDP", 2, 55), Scores("Recon-VulScan", 1, 7)]);

    /// <param name="scores">The benign ones first.</param>
    public static EvaluationDetails Of(params ClassScores[] scores) => new(
        new("model@1", "schema-v1", DetectionEvaluation.Run(scores[0].Scores, scores[1..], 2, label => label != "Recon-VulScan"),
            ClassificationEvaluation.Run([.. scores.SelectMany(s =>
                s.Scores.Select((_, i) => (s.Label, scores[i % 5 == 0 ? 0 : Array.IndexOf(scores, s)].Label)))], 19),
            ["Recon-VulScan"], Card),
        scores, [new("iat", "time between packets", 0.75), new("rate", "packets per second", 0.25)]) { AskedFalseAlarmRate = 0.02 };

    public static ClassScores Scores(string label, float shift, int count) => new(label, [.. Enumerable.Range(0, count).Select(i => shift + i % 17 * 0.15f)]);

    public static ModelComparison Comparison(params ComparedModel[] models) => new(19, 7, models, Card);

    public static LevelQuality Quality(params (string Truth, string Answer)[] answers) => LevelQuality.Of(19, answers);
}
