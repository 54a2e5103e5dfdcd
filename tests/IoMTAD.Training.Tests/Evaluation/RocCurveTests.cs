using FsCheck;
using FsCheck.Fluent;
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

    [Fact]
    public void Average_precision_is_that_of_scikit_learn()
    {
        // average_precision_score([0, 0, 1, 1], [.1, .4, .35, .8]) and, with ties, ([0, 1, 1, 0, 1], [1, 1, 2, 3, 3]).
        Assert.Equal(0.8333333333333333, RocCurve.AveragePrecision([0.1f, 0.4f], [0.35f, 0.8f]), 12);
        Assert.Equal(0.5888888888888888, RocCurve.AveragePrecision([1, 3], [1, 2, 3]), 12);
    }

    [Fact]
    public void Scores_that_are_no_numbers_end_too() =>
        Assert.InRange(RocCurve.AveragePrecision([float.NaN, 1], [float.NaN, 1, float.NaN]), 0, 1);

    [Fact]
    public void Swapping_the_classes_mirrors_the_area() => Prop.ForAll<int[], int[]>((a, b) =>
    {
        if (a.Length == 0 || b.Length == 0) return true;
        var (x, y) = (Array.ConvertAll(a, v => (float)(v % 7)), Array.ConvertAll(b, v => (float)(v % 7)));
        return Math.Abs(RocCurve.Area(x, y) + RocCurve.Area(y, x) - 1) < 1e-9;
    }).QuickCheckThrowOnFailure();
}
