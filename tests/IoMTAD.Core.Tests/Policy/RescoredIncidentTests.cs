using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Core.Tests.Policy;

public sealed class RescoredIncidentTests
{
    /// <param name="segments">In their order: <c>s</c> strange by the model, <c>r</c> by the device's rate, <c>.</c> quiet.</param>
    [Theory]
    [InlineData("sss", true)]
    [InlineData("s.s.s", true)]
    [InlineData("....s.s.s", true)]
    [InlineData("s..s..s", false)]
    [InlineData("ss....ss", false)]
    [InlineData("srr", true)]
    [InlineData("rrr", true)]
    [InlineData("s", true)]
    [InlineData(".", false)]
    [InlineData("ss", true)]
    [InlineData("s.", false)]
    public void It_still_opens_where_three_of_five_kept_neighbours_are_strange_or_all_where_fewer_are_kept(string segments, bool opens) =>
        Assert.Equal(opens, RescoredIncident.StillOpens(
            [.. segments.Select(s => new RescoredSegment(s == 's' ? 9 : 1, s == 's', s == 'r'))], new PolicyOptions()));

    [Fact]
    public void Another_policy_asks_for_other_numbers() => Assert.False(RescoredIncident.StillOpens(
        [.. "sss.".Select(s => new RescoredSegment(1, s == 's', false))], new PolicyOptions { StrangeToOpen = 4, OutOf = 4 }));
}
