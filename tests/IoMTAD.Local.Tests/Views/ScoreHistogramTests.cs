using IoMTAD.Hosting.Views;
using IoMTAD.Local.Views;

namespace IoMTAD.Local.Tests.Views;

public sealed class ScoreHistogramTests
{
    [Fact]
    public void Scores_of_calibration_traffic_have_the_percentiles_that_are_expected()
    {
        var (histogram, random) = (new ScoreHistogram(), new Random(1));
        for (var i = 0; i < 200_000; i++)
        {
            var score = -Math.Log10(1 - random.NextDouble());
            histogram.Add(score, score > 3);
        }

        var summary = histogram.Summarize(3)!;

        foreach (var (percentile, expected) in summary.Expected) Assert.InRange(summary.Percentiles[percentile], 0.9 * expected, 1.12 * expected);
        Assert.InRange(summary.ShareAboveTenth, 0.095, 0.105);
        Assert.Equal((200_000, true), (summary.Segments, summary.Strange is > 120 and < 280));
    }

    [Fact]
    public void Nothing_scored_is_no_distribution_and_what_is_no_number_is_passed_over()
    {
        var histogram = new ScoreHistogram();
        Assert.Null(histogram.Summarize(3));
        histogram.Add(double.NaN, false);
        Assert.Null(histogram.Summarize(3));
        histogram.Add(double.PositiveInfinity, true);
        histogram.Add(-5, false);
        Assert.Equal((2, 1), (histogram.Summarize(3)!.Segments, histogram.Summarize(3)!.Strange));
    }
}
