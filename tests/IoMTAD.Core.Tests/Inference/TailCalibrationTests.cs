using IoMTAD.Inference;

namespace IoMTAD.Core.Tests.Inference;

public sealed class TailCalibrationTests
{
    private static readonly TailCalibration Calibration = new([1, 2, 4], [0, 0.5f, 1], 2, 0.1f);

    [Fact]
    public void Knots_are_met_and_the_way_between_them_is_straight()
    {
        Assert.Equal(0, Calibration.Surprise(-5));
        Assert.Equal(0.5f, Calibration.Surprise(2));
        Assert.Equal(0.75f, Calibration.Surprise(3));
        Assert.Equal(1, Calibration.Surprise(4));
    }

    [Fact]
    public void The_tail_goes_on_from_the_last_knot_as_a_pareto_distribution()
    {
        // 0.1 · (1 + 0.1 · 20 / 2)^(-1/0.1) of benign sequences exceed 24.
        Assert.Equal(-Math.Log10(0.1 * Math.Pow(1 + 0.1 * 20 / 2, -10)), Calibration.Surprise(24), 1e-5);
        Assert.Equal(1, Calibration.Surprise(4.0001f), 1e-4);
    }

    [Fact]
    public void Stranger_scores_higher_however_strange()
    {
        var last = -1f;
        for (var score = 1.5f; score < 1e12f; score *= 1.3f)
        {
            var surprise = Calibration.Surprise(score);
            Assert.True(surprise > last);
            last = surprise;
        }
    }
}
