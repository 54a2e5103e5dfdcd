using IoMTAD.Functions.Training;
using Microsoft.DurableTask.Client;

namespace IoMTAD.Functions.Tests.Training;

public sealed class TrainModelsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_run_takes_its_steps_in_order_and_promotes()
    {
        var steps = new ScriptedSteps();
        await using var host = await DurableHost.StartAsync(steps.Register);
        var run = await host.RunAsync(DurableHost.Request);
        Assert.Equal(new TrainingOutcome(Verdict.Promoted, "ward@1", "promoted, approved by nobody"), run.ReadOutputAs<TrainingOutcome>());
        Assert.Equal([TrainingActivities.Prepare, "fit", "fit", TrainingActivities.Tune, TrainingActivities.Evaluate, TrainingActivities.Decide,
            TrainingActivities.Promote], steps.Calls.Select(c => c.StartsWith("Fit", StringComparison.Ordinal) ? "fit" : c));
        Assert.Equal(TrainingStep.Settle, run.ReadCustomStatusAs<TrainingStatus>()!.Step);
    }

    [Fact]
    public async Task Both_fits_run_at_once()
    {
        var (detector, classifier) = (new TaskCompletionSource(), new TaskCompletionSource());
        var steps = new ScriptedSteps
        {
            // Each ends only when the other has begun.
            Before = (step, _) => step switch
            {
                TrainingActivities.FitDetector => Meet(detector, classifier),
                TrainingActivities.FitClassifier => Meet(classifier, detector),
                _ => Task.CompletedTask,
            },
        };
        await using var host = await DurableHost.StartAsync(steps.Register);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.RunAsync(DurableHost.Request)).RuntimeStatus);

        static Task Meet(TaskCompletionSource own, TaskCompletionSource other)
        {
            own.SetResult();
            return other.Task;
        }
    }

    [Fact]
    public async Task A_version_that_is_no_better_is_rejected_and_nobody_is_asked()
    {
        var steps = new ScriptedSteps { Proposed = new(Verdict.Rejected, "ward@1", "no better") };
        await using var host = await DurableHost.StartAsync(steps.Register);
        var run = await host.RunAsync(DurableHost.Request with { Approval = Long });
        Assert.Equal(new TrainingOutcome(Verdict.Rejected, "ward@1", "no better"), run.ReadOutputAs<TrainingOutcome>());
        Assert.Equal(TrainingActivities.Reject, steps.Calls[^1]);
    }

    [Fact]
    public async Task A_version_that_is_in_use_already_changes_nothing()
    {
        var steps = new ScriptedSteps { Proposed = new(Verdict.Unchanged, "ward@1", "it is in use already") };
        await using var host = await DurableHost.StartAsync(steps.Register);
        Assert.Equal(steps.Proposed, (await host.RunAsync(DurableHost.Request)).ReadOutputAs<TrainingOutcome>());
        Assert.Equal(TrainingActivities.Decide, steps.Calls[^1]);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task A_step_is_tried_three_times(int failures, bool completes)
    {
        var steps = new ScriptedSteps
        {
            Before = (step, before) => step == TrainingActivities.Evaluate && before < failures ? throw new IOException("gone") : Task.CompletedTask,
        };
        await using var host = await DurableHost.StartAsync(steps.Register);
        var run = await host.RunAsync(DurableHost.Request);
        Assert.Equal(completes ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, run.RuntimeStatus);
        Assert.Equal(3, steps.Calls.Count(c => c == TrainingActivities.Evaluate));
        Assert.Equal(1, steps.Calls.Count(c => c == TrainingActivities.Tune));
    }

    [Fact]
    public async Task Data_that_cannot_be_learned_from_is_not_tried_again()
    {
        var steps = new ScriptedSteps { Before = (_, _) => throw new InvalidDataException("too few") };
        await using var host = await DurableHost.StartAsync(steps.Register);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.RunAsync(DurableHost.Request)).RuntimeStatus);
        Assert.Equal(TrainingActivities.Prepare, Assert.Single(steps.Calls));
    }

    [Theory]
    [InlineData(true, Verdict.Promoted, "promoted, approved by alex")]
    [InlineData(false, Verdict.Rejected, "refused by alex")]
    public async Task A_persons_word_decides_where_it_is_asked_for(bool granted, Verdict verdict, string reason)
    {
        await using var host = await DurableHost.StartAsync(new ScriptedSteps().Register);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(TrainModels), DurableHost.Request with { Approval = Long }, TestContext.Current.CancellationToken);
        // It is kept until somebody waits for it.
        await host.Client.RaiseEventAsync(id, TrainModels.ApprovalEvent, new Approval(granted, "alex"), TestContext.Current.CancellationToken);
        Assert.Equal(new TrainingOutcome(verdict, "ward@1", reason), (await host.EndAsync(id)).ReadOutputAs<TrainingOutcome>());
    }

    [Fact]
    public async Task Where_nobody_approves_in_time_the_version_is_rejected()
    {
        await using var host = await DurableHost.StartAsync(new ScriptedSteps().Register);
        var run = await host.RunAsync(DurableHost.Request with { Approval = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(new TrainingOutcome(Verdict.Rejected, "ward@1", "nobody approved within 0.05 s"), run.ReadOutputAs<TrainingOutcome>());
    }
}
