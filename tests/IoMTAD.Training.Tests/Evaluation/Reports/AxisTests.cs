using IoMTAD.Training.Evaluation.Reports;

namespace IoMTAD.Training.Tests.Evaluation.Reports;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(5, 60)]
    [InlineData(10, 110)]
    [InlineData(-3, 10)]
    [InlineData(double.PositiveInfinity, 110)]
    [InlineData(double.NaN, 10)]
    public void A_linear_axis_is_even_and_ends_at_its_ends(double value, double place) => Assert.Equal(place, new Axis(0, 10, 10, 110).At(value), 9);

    [Theory]
    [InlineData(0.01, 100)]
    [InlineData(0.1, 200)]
    [InlineData(0, 0)]
    public void A_logarithmic_axis_is_even_in_decades(double value, double place) => Assert.Equal(place, new Axis(0.001, 1, 0, 300, true).At(value), 9);

    [Fact]
    public void An_axis_without_length_puts_all_at_its_start() => Assert.Equal(5, new Axis(3, 3, 5, 50).At(3));

    [Fact]
    public void Divisions_are_even_as_drawn() =>
        Assert.Equal([0.001, 0.01, 0.1, 1], new Axis(0.001, 1, 0, 300, true).Divide(3).Select(v => Math.Round(v, 9)));

    [Fact]
    public void The_first_twenty_eight_pens_differ() =>
        Assert.Equal(28, Enumerable.Range(0, 28).Select(Palette.Pen).Distinct().Count());

    [Fact]
    public void A_histogram_is_as_high_as_its_peak_and_counts_strays_at_its_ends() =>
        Assert.Equal([1, 0, 0.5, 0.5], Histogram.Of([-9, 0.5f, 2.5f, 99, float.NaN], 4, 4));
}
