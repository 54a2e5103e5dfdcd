using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Tests.Evaluation;

public sealed class DriftCheckTests
{
    [Fact]
    public void Traffic_like_the_calibration_has_not_drifted()
    {
        var random = new Random(1);
        var check = DriftCheck.Of([.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())]);
        Assert.False(check.HasDrifted);
        Assert.InRange(check.PopulationStability, 0, 0.02);
        Assert.InRange(check.PValue, 0.01, 1);
    }

    [Fact]
    public void Stranger_traffic_has()
    {
        var random = new Random(1);
        var check = DriftCheck.Of([.. Enumerable.Range(0, 2000).Select(_ => Math.Pow(random.NextDouble(), 3))]);
        Assert.True(check.HasDrifted);
        // sup |x^(1/3) − x| = 3^(-1/2) − 3^(-3/2).
        Assert.InRange(check.KolmogorovSmirnov, 0.36, 0.41);
        Assert.InRange(check.PValue, 0, 1e-9);
    }

    [Fact]
    public void Shares_all_alike_are_as_far_off_as_can_be() =>
        Assert.Equal((1.0, 1), (DriftCheck.Of([.. Enumerable.Repeat(1.0, 50)]).KolmogorovSmirnov, DriftCheck.Of([0.5]).Sequences));
}
