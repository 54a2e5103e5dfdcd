using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;

namespace IoMTAD.Core.Tests.Policy;

public sealed class ModelDecisionsTests
{
    private const string Data = "d1";

    private static readonly ModelFigures Good = new(0.99, 0.95, 0.01), Poor = new(0.9, 0.8, 0.01);

    [Fact]
    public void The_first_version_is_promoted_and_replaces_none()
    {
        var promoted = Assert.IsType<ModelPromoted>(ModelDecisions.Promote(Model.New("ward"), Candidate("a"), Poor, null, Data));
        Assert.Equal(("ward", "a", null, Poor, null, Data),
            (promoted.Model, promoted.Version, promoted.Replaces, promoted.Figures, promoted.ReplacedFigures, promoted.DataSha256));
    }

    [Fact]
    public void A_better_version_replaces_the_current_one_and_says_by_which_figures()
    {
        var promoted = Assert.IsType<ModelPromoted>(ModelDecisions.Promote(Given("a"), Candidate("b"), Good, Poor, Data));
        Assert.Equal(("b", "a", Good, Poor), (promoted.Version, promoted.Replaces, promoted.Figures, promoted.ReplacedFigures));
        Assert.Equal("better: recall at 1 % 0.9500, AUC 0.9900, false alarms 1.00% against recall at 1 % 0.8000, AUC 0.9000, false alarms 1.00% of a",
            promoted.Reason);
    }

    [Fact]
    public void A_worse_version_is_rejected_with_both_figures()
    {
        var rejected = Assert.IsType<ModelRejected>(ModelDecisions.Promote(Given("a"), Candidate("b"), Poor, Good, Data));
        Assert.Equal(("b", "a", Poor, Good, Data), (rejected.Version, rejected.Current, rejected.Figures, rejected.CurrentFigures, rejected.DataSha256));
        Assert.StartsWith("no better than the current version: recall", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_refuses_is_rejected_whatever_the_figures_say_the_first_version_too()
    {
        var rejected = Assert.IsType<ModelRejected>(ModelDecisions.Refuse(Given("a"), Candidate("b"), "refused by alex", Good, Poor, Data));
        Assert.Equal(("b", "a", "refused by alex", Good, Poor, Data),
            (rejected.Version, rejected.Current, rejected.Reason, rejected.Figures, rejected.CurrentFigures, rejected.DataSha256));
        var first = Assert.IsType<ModelRejected>(ModelDecisions.Refuse(Model.New("ward"), Candidate("b"), "refused by alex", Good, null, Data));
        Assert.Equal((null, null), (first.Current, first.CurrentFigures));
        Assert.Equal(first, EventTypes.Deserialize(EventTypes.NameOf(first), EventTypes.Serialize(first)));
        Assert.Null(ModelDecisions.Refuse(Given("b"), Candidate("b"), "refused by alex", Good, null, Data));
    }

    [Fact]
    public void An_approved_promotion_says_by_whom()
    {
        var promoted = Assert.IsType<ModelPromoted>(ModelDecisions.Promote(Given("a"), Candidate("b"), Good, Poor, Data));
        Assert.Equal(promoted with { Reason = $"approved by alex; {promoted.Reason}" }, ModelDecisions.Approve(promoted, "alex"));
    }

    [Fact]
    public void A_tie_is_no_reason_to_change() =>
        Assert.IsType<ModelRejected>(ModelDecisions.Promote(Given("a"), Candidate("b"), Good, Good, Data));

    [Fact]
    public void Figures_that_are_no_numbers_never_win() =>
        Assert.IsType<ModelRejected>(ModelDecisions.Promote(Given("a"), Candidate("b"), new(double.NaN, 1, 0), Poor, Data));

    [Theory]
    [InlineData(0.02, 0, true)]
    [InlineData(0.021, 0, false)]
    [InlineData(0.021, 0.021, true)]
    [InlineData(double.NaN, 0, false)]
    public void False_alarms_may_reach_twice_the_rate_asked_for_or_those_of_the_current_version(double candidate, double current, bool promoted)
    {
        var decision = ModelDecisions.Promote(
            Given("a"), Candidate("b"), Good with { BenignFalseAlarmRate = candidate }, Poor with { BenignFalseAlarmRate = current }, Data);
        Assert.Equal(promoted, decision is ModelPromoted);
        if (decision is ModelRejected rejected) Assert.StartsWith("too many false alarms", rejected.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 0.9, false)]
    [InlineData(0.5, null, true)]
    [InlineData(null, 0.9, true)]
    public void The_classifiers_figure_counts_where_both_have_one(double? candidate, double? current, bool promoted) =>
        Assert.Equal(promoted, ModelDecisions.Promote(
            Given("a"), Candidate("b"), Good with { MacroF1 = candidate }, Poor with { MacroF1 = current }, Data) is ModelPromoted);

    [Fact]
    public void A_person_may_promote_what_is_worse_and_says_why()
    {
        var promoted = Assert.IsType<ModelPromoted>(
            ModelDecisions.PromoteAnyway(Given("a"), Candidate("b"), "the ward was rebuilt", (Poor, Good, Data)));
        Assert.Equal(("b", "a", "the ward was rebuilt", Poor, Good),
            (promoted.Version, promoted.Replaces, promoted.Reason, promoted.Figures, promoted.ReplacedFigures));
    }

    [Fact]
    public void To_promote_the_current_version_changes_nothing()
    {
        Assert.Null(ModelDecisions.Promote(Given("a"), Candidate("a"), Good, null, Data));
        Assert.Null(ModelDecisions.PromoteAnyway(Given("a"), Candidate("a"), "once more"));
    }

    [Fact]
    public void Rolling_back_goes_back_version_by_version_to_the_first()
    {
        var state = Given("a", "b", "c");
        var first = Assert.IsType<ModelRolledBack>(ModelDecisions.RollBack(state, "too loud"));
        Assert.Equal(new ModelRolledBack("ward", "b", "c", "too loud"), first);
        state = Model.Apply(state, first);
        state = Model.Apply(state, ModelDecisions.RollBack(state, "still too loud")!);

        Assert.Equal(("a", null), (state.Current, state.Before));
        Assert.Null(ModelDecisions.RollBack(state, "once more"));
    }

    [Fact]
    public void A_version_that_was_given_up_may_be_promoted_again_and_given_up_again()
    {
        var state = Given("a", "b");
        state = Model.Apply(state, ModelDecisions.RollBack(state, "too loud")!);
        state = Model.Apply(state, ModelDecisions.PromoteAnyway(state, Candidate("b"), "it was the network")!);

        Assert.Equal(("b", "a", 4), (state.Current, state.Before, state.Changes));
    }

    [Fact]
    public void Training_and_rejections_leave_the_current_version_in_use()
    {
        var rejected = ModelDecisions.Promote(Given("a"), Candidate("b"), Poor, Good, Data)!;
        var state = new[] { new ModelTrained("ward", "b", "window-v1", 10, 0.1), rejected }.Aggregate(Given("a"), Model.Apply);
        Assert.Equal(("a", 1), (state.Current, state.Changes));
    }

    private static ModelCandidate Candidate(string version) => new(version, FalseAlarmRate: 0.01);

    private static Model Given(params string[] promoted) => promoted.Aggregate(
        Model.New("ward"), (state, version) => Model.Apply(state, new ModelPromoted("ward", version, state.Current, "")));
}
