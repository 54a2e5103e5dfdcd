using IoMTAD.Api.Desks;
using IoMTAD.Functions.Training;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Functions.Tests.Training;

public sealed class TrainingDeskTests
{
    private static readonly TrainingDesk Desk = new(new TrainingSettings("ward", "data/ward", TimeSpan.FromHours(1), null));

    private static readonly DriftCheck Drifted = new(1000, 0.4, 0, 0.31);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_start_while_one_runs_answers_where_that_stands()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var steps = new ScriptedSteps
        {
            Before = (step, _) =>
            {
                if (step != TrainingActivities.Tune) return Task.CompletedTask;
                begun.SetResult();
                return goOn.Task;
            },
        };
        await using var host = await DurableHost.StartAsync(steps.Register);
        Assert.Null(await Desk.StatusAsync(host.Client, Cancellation));
        Assert.True((await Desk.StartAsync(host.Client, "by the schedule", Cancellation)).Started);
        await begun.Task.WaitAsync(Cancellation);

        var second = await Desk.StartAsync(host.Client, "started by alex", Cancellation);
        Assert.False(second.Started);
        Assert.Equal("ward is being trained already", second.Reason);
        Assert.True(second.State is { Running: true, Cause: "by the schedule", Status: { Step: TrainingStep.Tune, Progress: > 0.2 and < 0.5 } });
        goOn.SetResult();
        await host.Client.ProposedAsync(Desk);
        Assert.Single(steps.Calls, c => c == TrainingActivities.Prepare);
    }

    [Fact]
    public async Task Of_starts_at_the_same_moment_one_runs()
    {
        var steps = new ScriptedSteps();
        await using var host = await DurableHost.StartAsync(steps.Register);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Desk.StartAsync(host.Client, $"start {i}", Cancellation)));
        Assert.Single(answers, a => a.Started);
        await host.Client.ProposedAsync(Desk);
        Assert.Single(steps.Calls, c => c == TrainingActivities.Prepare);
    }

    [Fact]
    public async Task A_finished_run_says_what_came_of_it_and_another_may_start()
    {
        await using var host = await DurableHost.StartAsync(new ScriptedSteps().Register);
        await Desk.StartAsync(host.Client, "a test", Cancellation);
        await host.Client.ProposedAsync(Desk);
        var approved = await Desk.ApproveAsync(host.Client, granted: true, "ward@1", "alex", Cancellation);
        Assert.Null(approved.Reason);
        await host.EndAsync("training-ward");
        var state = await Desk.StatusAsync(host.Client, Cancellation);
        Assert.True(state is { Running: false, Fault: null, Outcome: { Verdict: Verdict.Promoted, Reason: "promoted, approved by alex" } });
        Assert.True((await Desk.StartAsync(host.Client, "again", Cancellation)).Started);
        await host.Client.ProposedAsync(Desk);
    }

    [Fact]
    public async Task An_approval_of_what_does_not_wait_is_refused()
    {
        await using var host = await DurableHost.StartAsync(new ScriptedSteps().Register);
        Assert.Equal(ActFailure.NotFound, (await Desk.ApproveAsync(host.Client, granted: true, null, "alex", Cancellation)).Failure);
        await Desk.StartAsync(host.Client, "a test", Cancellation);
        await host.Client.ProposedAsync(Desk);
        var other = await Desk.ApproveAsync(host.Client, granted: true, "ward@2", "alex", Cancellation);
        Assert.Equal((ActFailure.Refused, "ward@2 does not wait for approval, but ward@1 does"), (other.Failure, other.Reason));
        await Desk.ApproveAsync(host.Client, granted: false, null, "alex", Cancellation);
        await host.EndAsync("training-ward");
        Assert.Equal(ActFailure.Refused, (await Desk.ApproveAsync(host.Client, granted: true, null, "alex", Cancellation)).Failure);
    }

    [Fact]
    public async Task A_run_that_failed_says_why()
    {
        var steps = new ScriptedSteps { Before = (_, _) => throw new InvalidDataException("data/ward: too few") };
        await using var host = await DurableHost.StartAsync(steps.Register);
        await Desk.StartAsync(host.Client, "a test", Cancellation);
        await host.EndAsync("training-ward");
        var state = await Desk.StatusAsync(host.Client, Cancellation);
        Assert.True(state is { Running: false, Outcome: null, Fault: not null });
        Assert.Equal("data/ward: too few", state.Fault);
    }

    [Fact]
    public async Task Drift_starts_training_and_says_so()
    {
        await using var host = await DurableHost.StartAsync(new ScriptedSteps().Register);
        var now = DateTimeOffset.UtcNow;
        Assert.Null(await Desk.StartForDriftAsync(host.Client, new DriftCheck(1000, 0.1, 0.01, 0.2), now, Cancellation));
        var answer = await Desk.StartForDriftAsync(host.Client, Drifted, now, Cancellation);
        Assert.Equal("benign traffic has drifted: population stability index 0.31", answer!.State!.Cause);
        await host.Client.ProposedAsync(Desk);
    }

    [Fact]
    public async Task Drift_that_training_did_not_cure_starts_it_again_after_a_week()
    {
        await using var host = await DurableHost.StartAsync(new ScriptedSteps().Register);
        await Desk.StartAsync(host.Client, "by the schedule", Cancellation);
        await host.Client.ProposedAsync(Desk);
        await Desk.ApproveAsync(host.Client, granted: false, null, "alex", Cancellation);
        await host.EndAsync("training-ward");
        var refused = (await Desk.StatusAsync(host.Client, Cancellation))!.StartedAt;

        var soon = await Desk.StartForDriftAsync(host.Client, Drifted, refused.AddDays(6), Cancellation);
        Assert.Equal((false, "ward was trained less than 7 days ago"), (soon!.Started, soon.Reason));
        Assert.True((await Desk.StartForDriftAsync(host.Client, Drifted, refused.AddDays(7), Cancellation))!.Started);
        await host.Client.ProposedAsync(Desk);
    }

    [Fact]
    public async Task Without_data_nothing_is_started()
    {
        await using var host = await DurableHost.StartAsync(new ScriptedSteps().Register);
        var answer = await new TrainingDesk(new TrainingSettings("ward", null, null, null)).StartAsync(host.Client, "a test", Cancellation);
        Assert.Equal("nothing says what to learn from: set Training:Data to a container and a prefix", answer.Reason);
    }
}
