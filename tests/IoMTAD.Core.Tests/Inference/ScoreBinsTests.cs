using IoMTAD.Inference;

namespace IoMTAD.Core.Tests.Inference;

public sealed class ScoreBinsTests
{
    [Theory]
    [InlineData(0f, 0)]
    [InlineData(-1f, 0)]
    [InlineData(0.0999f, 0)]
    [InlineData(0.1f, 1)]
    [InlineData(5.95f, 59)]
    [InlineData(6f, 60)]
    [InlineData(1e30f, 60)]
    [InlineData(float.PositiveInfinity, 60)]
    public void A_score_is_in_the_bin_of_its_tenth(float score, int bin) => Assert.Equal(bin, ScoreBins.Of(score));

    [Fact]
    public void No_number_is_in_no_bin() => Assert.Null(ScoreBins.Of(float.NaN));

    [Fact]
    public void A_bin_is_found_again_by_its_end() =>
        Assert.All(Enumerable.Range(0, ScoreBins.Count), bin => Assert.Equal(bin, ScoreBins.EndingAt(ScoreBins.End(bin))));
}
