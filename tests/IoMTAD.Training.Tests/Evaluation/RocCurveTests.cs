using IoMTAD.Training.Evaluation;

namespace IoMTAD.Training.Tests.Evaluation;

public sealed class RocCurveTests
{
    [Fact]
    public void Ties_count_half()
    {
        Assert.Equal(1, RocCurve.Area([1, 2], [3, 4]));
        Assert.Equal(0.5, RocCurve.Area([1, 1], [1, 1]));
        Assert.Equal(0.625, RocCurve.Area([1, 2], [2, 1.5f]));
    }

    [Fact]
    public void The_threshold_lets_the_wanted_rate_through()
    {
        var benign = Enumerable.Range(1, 200).Select(i => (float)i).ToArray();
        var threshold = RocCurve.ThresholdAt(benign, 0.01);
        Assert.Equal(0.01, RocCurve.ShareAbove(benign, threshold));
        Assert.Equal(200, RocCurve.ThresholdAt(benign, 0));
    }
}
