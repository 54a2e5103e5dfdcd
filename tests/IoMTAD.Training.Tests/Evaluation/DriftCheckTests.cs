using IoMTAD.Inference;
using IoMTAD.Recording;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Tests.Evaluation;

public sealed class DriftCheckTests
{
    private static readonly float[] Reference = DriftCheck.Quantiles(Draw(5000, 7, x => x));

    [Fact]
    public void Traffic_like_the_models_own_has_not_drifted()
    {
        var check = DriftCheck.Of(Draw(2000, 1, x => x), Reference)!;
        Assert.False(check.HasDrifted);
        Assert.InRange(check.PopulationStability, 0, 0.05);
        Assert.InRange(check.PValue, 0.01, 1);
    }

    [Fact]
    public void Stranger_traffic_has()
    {
        var check = DriftCheck.Of(Draw(2000, 1, x => MathF.Pow(x, 1 / 3f)), Reference)!;
        Assert.True(check.HasDrifted);
        // sup |x³ − x| = 3^(−1/2) − 3^(−3/2).
        Assert.InRange(check.KolmogorovSmirnov, 0.36, 0.41);
        Assert.InRange(check.PValue, 0, 1e-9);
    }

    [Fact]
    public void Much_traffic_that_is_all_alike_is_no_drift_by_itself()
    {
        static float Tied(float x) => x < 0.6f ? 0 : x;
        var check = DriftCheck.Of(Draw(2000, 1, Tied), DriftCheck.Quantiles(Draw(5000, 2, Tied)))!;
        Assert.False(check.HasDrifted);
        Assert.InRange(check.KolmogorovSmirnov, 0, 0.05);
    }

    [Fact]
    public void Without_a_reference_nothing_is_said() => Assert.Null(DriftCheck.Of([1], []));

    [Theory]
    [InlineData(1)]
    [InlineData(0.8f)]
    [InlineData(1.5f)]
    public void Counted_scores_say_what_the_scores_themselves_do(float power)
    {
        // Scores of benign traffic are exponential: −log₁₀ of an even share.
        float Score(float share) => -MathF.Log10(1 - share);
        var (known, newer) = (DriftCheck.Quantiles(Draw(20_000, 3, Score)), Draw(50_000, 4, x => Score(MathF.Pow(x, power))));
        var (exact, counted) = (DriftCheck.Of(newer, known)!, DriftCheck.Of(Count(newer), known)!);
        Assert.Equal(exact.Sequences, counted.Sequences);
        Assert.InRange(counted.PopulationStability, 0.7 * exact.PopulationStability - 0.01, 1.3 * exact.PopulationStability + 0.01);
        Assert.InRange(counted.KolmogorovSmirnov, exact.KolmogorovSmirnov - 0.05, exact.KolmogorovSmirnov + 0.05);
    }

    [Fact]
    public void What_was_strange_is_no_drift()
    {
        var scores = Draw(20_000, 5, x => -MathF.Log10(1 - x));
        var known = DriftCheck.Quantiles(scores);
        var attacked = Count(scores).Append(new ScoreCount("m", default, ScoreBins.Count - 1, 40_000, 40_000)).ToList();
        Assert.False(DriftCheck.Of(attacked, known)!.HasDrifted);
        Assert.True(DriftCheck.Of(attacked.Select(c => c with { Strange = 0 }), known)!.HasDrifted);
    }

    [Fact]
    public void Of_a_few_segments_nothing_is_said() =>
        Assert.Null(DriftCheck.Of([new ScoreCount("m", default, 0, DriftCheck.FewestCounted, 1)], Reference));

    private static List<ScoreCount> Count(float[] scores) =>
        [.. scores.GroupBy(s => ScoreBins.Of(s)!.Value).Select(g => new ScoreCount("m", default, g.Key, g.Count(), 0))];

    private static float[] Draw(int count, int seed, Func<float, float> shape)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => shape(random.NextSingle()))];
    }
}
