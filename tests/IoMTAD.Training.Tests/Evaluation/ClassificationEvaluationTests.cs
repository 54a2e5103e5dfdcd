using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Tests.Evaluation;

public sealed class ClassificationEvaluationTests
{
    // Truth and answer; scikit-learn on the same: f1_score macro 0.6, weighted 0.68, precision macro 0.5833, recall macro 0.6667.
    private static readonly (string, string)[] Answers =
    [
        ("Benign", "Benign"), ("Benign", "Benign"), ("Benign", "Recon-VulScan"), ("Recon-VulScan", "Recon-VulScan"),
        ("DoS-UDP", "DoS-UDP"), ("DoS-UDP", "DoS-UDP"), ("DoS-UDP", "DDoS-UDP"),
    ];

    [Fact]
    public void Figures_are_those_of_scikit_learn()
    {
        var result = ClassificationEvaluation.Run(Answers, 19);
        Assert.Equal(5 / 7.0, result.Accuracy, 12);
        Assert.Equal((0.8 + 2 / 3.0 + 0.8 + 0) / 4, result.MacroF1, 12);
        Assert.Equal((3 * 0.8 + 2 / 3.0 + 3 * 0.8) / 7, result.WeightedF1, 12);
        Assert.Equal(["Benign", "DDoS-UDP", "DoS-UDP", "Recon-VulScan"], result.PerClass.Select(c => c.Label));
    }

    [Fact]
    public void Coarser_levels_forgive_what_stays_within_a_class()
    {
        var result = ClassificationEvaluation.Run(Answers, 19);
        Assert.Equal([2, 6, 19], result.Levels.Select(l => l.Classes));
        Assert.Equal(6 / 7.0, result.Levels[0].Accuracy, 12);
        Assert.Equal(result.Levels[0].MacroF1, result.BinaryMacroF1);
        Assert.Equal(["Attack", "Benign"], result.Levels[0].Confusion.Labels);
    }

    [Fact]
    public void Intervals_hold_the_figure_and_repeat_with_the_seed()
    {
        var many = Enumerable.Repeat(Answers, 40).SelectMany(a => a).ToArray();
        var result = ClassificationEvaluation.Run(many, 19, seed: 3);
        Assert.InRange(result.MacroF1, result.MacroF1Interval.Low, result.MacroF1Interval.High);
        Assert.True(result.MacroF1Interval.Low < result.MacroF1Interval.High);
        Assert.Equal(result.MacroF1Interval, ClassificationEvaluation.Run(many, 19, seed: 3).MacroF1Interval);
        Assert.NotEqual(result.MacroF1Interval, ClassificationEvaluation.Run(many, 19, seed: 4).MacroF1Interval);
    }
}
