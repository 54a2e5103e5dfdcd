using IoMTAD.Training.Models;

namespace IoMTAD.Training.Tests.Models;

public sealed class ThresholdTuningTests
{
    [Fact]
    public void The_threshold_is_the_quantile_and_says_what_it_rests_on()
    {
        var tuned = ThresholdTuning.Tune([.. Enumerable.Range(1, 1000).Select(i => (float)i)], 0.01, out var refusal)!;
        Assert.Null(refusal);
        Assert.Equal((990, 1000, 0.01), (tuned.Threshold, tuned.Sequences, tuned.Observed));
        // scipy.stats.binom(1000, .99).ppf([.025, .975]) gives 984 and 996.
        Assert.InRange(tuned.Low, 982, 986);
        Assert.InRange(tuned.High, 995, 998);
    }

    [Theory]
    [InlineData(0.01, 368)]
    [InlineData(0.05, 72)]
    public void Too_few_sequences_are_refused_with_the_number_needed(double rate, int needed)
    {
        Assert.Null(ThresholdTuning.Tune(new float[needed - 1], rate, out var refusal));
        Assert.Contains($"{needed} are needed", refusal, StringComparison.Ordinal);
        Assert.NotNull(ThresholdTuning.Tune(new float[needed], rate, out _));
    }

    [Fact]
    public void The_interval_holds_the_true_quantile_as_often_as_it_says()
    {
        var held = Enumerable.Range(0, 400).Count(seed =>
        {
            var random = new Random(seed);
            var tuned = ThresholdTuning.Tune([.. Enumerable.Range(0, 600).Select(_ => random.NextSingle())], 0.05, out _)!;
            return tuned.Low <= 0.95 && 0.95 <= tuned.High;
        });
        Assert.InRange(held, 370, 400);
    }
}
