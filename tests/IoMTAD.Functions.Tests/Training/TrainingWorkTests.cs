using IoMTAD.Functions.Training;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Functions.Tests.Training;

/// <summary>Single steps, where something is in their way.</summary>
public sealed class TrainingWorkTests : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    private readonly TrainingWard ward = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => ward.DisposeAsync();

    [Fact]
    public async Task Data_that_can_measure_nothing_is_refused_before_anything_is_fitted()
    {
        ward.Data = ward.Data with { Tests = [.. ward.Data.Tests.Where(t => t.Label == DatasetLabel.Benign)] };
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => ward.Activities.PrepareAsync(new TrainingStart(DurableHost.Request, At), Cancellation));
        Assert.Equal("data/ward: the test part has to hold benign traffic and at least one attack: without both nothing can be measured", e.Message);
        Assert.Equal(0, (await HistoryAsync()).Version);
    }

    [Fact]
    public async Task Data_that_is_too_little_is_refused()
    {
        ward.Data = ward.Data with { Train = [.. ward.Data.Train.Where(f => f.Label != DatasetLabel.Benign)] };
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => ward.Activities.PrepareAsync(new TrainingStart(DurableHost.Request, At), Cancellation));
        Assert.StartsWith("data/ward: 0 benign training sequences are too few", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_usual_rate_is_that_of_the_data() => Assert.Equal(0.01, (await ward.Activities.PrepareAsync(
        new TrainingStart(DurableHost.Request with { FalseAlarmRate = null }, At), Cancellation)).FalseAlarmRate);

    [Fact]
    public async Task A_step_refuses_data_that_is_not_what_the_run_began_with()
    {
        var plan = await PlanAsync();
        ward.Data = ward.Data with { Card = ward.Data.Card with { Sha256 = "other" } };
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => ward.Activities.FitDetectorAsync(plan, Cancellation));
        Assert.Equal("data/ward has changed while training ran: start again", e.Message);
    }

    [Fact]
    public async Task A_fit_that_is_cancelled_keeps_no_result()
    {
        var plan = await PlanAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => ward.Activities.FitDetectorAsync(plan, new CancellationToken(canceled: true)));
        Assert.Empty(ward.Made);
        await ward.Activities.FitDetectorAsync(plan, Cancellation);
        Assert.Equal(["fit-detector"], ward.Made);
    }

    [Fact]
    public async Task Without_the_bundle_in_use_nothing_is_decided()
    {
        var plan = await PlanAsync();
        await RecordAsync(new ModelPromoted("ward", "ward@gone", null, "by hand"));
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => ward.Activities.DecideAsync(plan, Cancellation));
        Assert.StartsWith("ward@gone is in use, but it cannot be loaded: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_promoted_while_a_person_was_asked_counts()
    {
        var (plan, other) = (await PlanAsync(), await PlanAsync(seed: 2));
        Assert.Equal(Verdict.Promoted, (await ward.Activities.DecideAsync(plan, Cancellation)).Verdict);
        var faster = await ward.Activities.PromoteAsync(new Promotion(other, null), Cancellation);
        var outcome = await ward.Activities.PromoteAsync(new Promotion(plan, "alex"), Cancellation);
        Assert.Equal((Verdict.Promoted, Verdict.Rejected), (faster.Verdict, outcome.Verdict));
        Assert.Equal(faster.Version, (await HistoryAsync()).State.Current);
    }

    private Task<TrainingPlan> PlanAsync(int seed = 1) => ward.Activities.PrepareAsync(
        new TrainingStart(DurableHost.Request with { Seed = seed }, At.AddDays(seed)), Cancellation);

    private Task<ModelHistory> HistoryAsync() => new ModelLog(ward.Store.Events, "ward", At).ReadAsync(Cancellation);

    private async Task RecordAsync(ModelPromoted decision) =>
        await new ModelLog(ward.Store.Events, "ward", At).RecordAsync(await HistoryAsync(), decision, Cancellation);
}
