using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Tests.Evaluation;

public sealed class DetectionEvaluationTests
{
    private static readonly float[] Benign = [.. Enumerable.Range(0, 1000).Select(i => i / 1000f)];

    [Fact]
    public void Recall_is_given_at_three_rates_and_at_the_models_own_threshold()
    {
        // Between the thresholds of 5 and 1 %, of 1 and 0.1 %, and above all benign scores.
        var result = DetectionEvaluation.Run(Benign, [new("A", [0.97f, 0.995f, 2, 0.1f])], 1, label => label == "A");
        var a = Assert.Single(result.PerClass);
        Assert.Equal((0.75, 0.5, 0.25, 0.25), (a.RecallAt5Percent, a.RecallAt1Percent, a.RecallAt01Percent, a.RecallAtThreshold));
        Assert.Equal(0, result.BenignFalseAlarmRate);
        Assert.True(a.Seen);
    }

    [Fact]
    public void Macro_figures_count_each_class_alike_however_many_sequences_it_has()
    {
        var result = DetectionEvaluation.Run(Benign, [new("many", Repeat(2, 500)), new("few", Repeat(0, 5))], 0.98f, _ => false);
        Assert.Equal(0.5, result.MacroRecallAt1Percent);
        Assert.Equal(0.019, result.BenignFalseAlarmRate, 3);
        Assert.InRange(result.BenignFalseAlarmRate, result.BenignFalseAlarmRateInterval.Low, result.BenignFalseAlarmRateInterval.High);
    }

    [Fact]
    public void Alarms_per_hour_are_given_where_the_data_has_a_time()
    {
        Assert.Null(DetectionEvaluation.Run(Benign, [], 0.9, _ => false).FalseAlarmsPerHour);
        Assert.Equal(49.5, DetectionEvaluation.Run(Benign, [], 0.9, _ => false, benignHours: 2).FalseAlarmsPerHour!.Value, 6);
    }

    private static float[] Repeat(float value, int count) => [.. Enumerable.Repeat(value, count)];
}
