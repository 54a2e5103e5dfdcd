using IoMTAD.Features;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Tests.Models;

public sealed class RangeFitTests
{
    [Fact]
    public void A_feature_that_never_moved_in_benign_traffic_surprises_when_it_does()
    {
        var (fit, later) = (Benign(1000, drift: 0), Benign(1000, drift: 0));
        var ranges = RangeFit.Fit(ScalerFit.Fit(fit), fit, later);

        Assert.Equal(0, ranges.Surprise(Sequence(0.5f, 0), 0));
        var (little, much) = (ranges.Surprise(Sequence(0.5f, 0.1f), 0), ranges.Surprise(Sequence(0.5f, 1), 0));
        Assert.InRange(little, 2.5, 5);
        Assert.True(much > little);
    }

    [Fact]
    public void A_value_that_is_no_number_hides_no_excursion()
    {
        var fit = Benign(1000, drift: 0);
        var ranges = RangeFit.Fit(ScalerFit.Fit(fit), fit, Benign(1000, drift: 0));
        Assert.Equal(ranges.Surprise(Sequence(0.5f, 1), 0), ranges.Surprise(Sequence(float.NaN, 1), 0));
    }

    [Fact]
    public void Ranges_that_later_benign_traffic_often_leaves_say_nothing()
    {
        var fit = Benign(1000, drift: 0);
        var ranges = RangeFit.Fit(ScalerFit.Fit(fit), fit, Benign(1000, drift: 0.2f));
        Assert.Equal(0, ranges.Surprise(Sequence(0.5f, 1), 0));
    }

    // The first feature moves over 0 to 1, the second stays at 0.
    private static SequenceBatch Benign(int count, float drift)
    {
        var batch = new SequenceBatch(2);
        for (var i = 0; i < count; i++) Add(batch, i / (float)(count - 1) + drift, 0);
        return batch;
    }

    private static SequenceBatch Sequence(float first, float second)
    {
        var batch = new SequenceBatch(2);
        Add(batch, first, second);
        return batch;
    }

    private static void Add(SequenceBatch batch, float first, float second)
    {
        batch.BeginSequence();
        var step = batch.AddStep();
        (step[0], step[1]) = (first, second);
    }
}
