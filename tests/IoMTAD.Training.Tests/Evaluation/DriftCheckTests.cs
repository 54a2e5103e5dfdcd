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

    private static float[] Draw(int count, int seed, Func<float, float> shape)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => shape(random.NextSingle()))];
    }
}
