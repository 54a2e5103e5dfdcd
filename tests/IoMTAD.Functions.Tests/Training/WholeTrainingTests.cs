using IoMTAD.Functions.Training;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Training.Export;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace IoMTAD.Functions.Tests.Training;

/// <summary>Training as it is, on little data.</summary>
public sealed class WholeTrainingTests : IAsyncDisposable
{
    private static readonly string[] Fits = ["fit-classifier", "fit-detector"];

    private readonly TrainingWard ward = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => ward.DisposeAsync();

    [Fact]
    public async Task Data_becomes_a_promoted_version_on_record_and_one_that_is_no_better_is_rejected()
    {
        await using var host = await DurableHost.StartAsync(ward.Register);
        var first = await OutcomeAsync(host, DurableHost.Request);
        Assert.Equal(Verdict.Promoted, first.Verdict);
        Assert.StartsWith("the first version: recall", first.Reason, StringComparison.Ordinal);
        var model = (await ward.Models.LoadAsync(first.Version, Cancellation)).Model!;
        Assert.NotNull(model.Classifier);
        Assert.Equal(0.01, model.Manifest.FalseAlarmRate);
        Assert.True(File.Exists(Path.Combine(ward.Models.FolderOf(first.Version), ModelCard.FileName)));
        Assert.Equal(["TrainingStarted", "ModelTrained", "ThresholdTuned", "ModelPromoted"], await RecordAsync());

        // The data is easy: no version beats another on it.
        var second = await OutcomeAsync(host, DurableHost.Request with { Seed = 2 });
        Assert.Equal(Verdict.Rejected, second.Verdict);
        Assert.Contains($" of {first.Version}", second.Reason, StringComparison.Ordinal);
        Assert.Equal(["TrainingStarted", "ModelTrained", "ThresholdTuned", "ModelRejected"], (await RecordAsync()).Skip(4));
        Assert.Null((await ward.Models.LoadAsync(second.Version, Cancellation)).Model);

        var again = await OutcomeAsync(host, DurableHost.Request);
        Assert.Equal((Verdict.Unchanged, first.Version), (again.Verdict, again.Version));
    }

    [Fact]
    public async Task A_first_version_that_nobody_approves_is_on_record_as_rejected()
    {
        await using var host = await DurableHost.StartAsync(ward.Register);
        var outcome = await OutcomeAsync(host, DurableHost.Request with { Approval = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(Verdict.Rejected, outcome.Verdict);
        var rejected = (await EventsAsync()).OfType<ModelRejected>().Single();
        Assert.Equal(("nobody approved within 0.02 s", null, null), (rejected.Reason, rejected.Current, rejected.CurrentFigures));
        Assert.Null((await ward.Models.LoadAsync(outcome.Version, Cancellation)).Model);
    }

    [Fact]
    public async Task Who_approved_is_on_record()
    {
        await using var host = await DurableHost.StartAsync(ward.Register);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(TrainModels), DurableHost.Request with { Approval = TimeSpan.FromHours(1) }, Cancellation);
        await host.Client.RaiseEventAsync(id, TrainModels.ApprovalEvent, new Approval(Granted: true, "alex"), Cancellation);
        await host.EndAsync(id);
        Assert.StartsWith("approved by alex; the first version: recall",
            (await EventsAsync()).OfType<ModelPromoted>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_whose_answer_was_lost_is_done_again_and_recorded_once()
    {
        var lost = new HashSet<string>(StringComparer.Ordinal);
        ward.After = step =>
        {
            lock (lost) return lost.Add(step) ? throw new IOException("the answer is lost") : Task.CompletedTask;
        };
        await using var host = await DurableHost.StartAsync(ward.Register);
        Assert.Equal(Verdict.Promoted, (await OutcomeAsync(host, DurableHost.Request)).Verdict);
        Assert.Equal(["TrainingStarted", "ModelTrained", "ThresholdTuned", "ModelPromoted"], await RecordAsync());
        Assert.Equal([.. Fits, "evaluate"], ward.Made.Take(2).Order().Concat(ward.Made.Skip(2)));
    }

    [Fact]
    public async Task After_a_crash_between_steps_those_that_are_finished_are_not_done_again()
    {
        var (reached, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        ward.Before = step =>
        {
            if (step != TrainingActivities.Evaluate) return Task.CompletedTask;
            reached.TrySetResult();
            return never.Task;
        };
        var dying = await DurableHost.StartAsync(ward.Register);
        await dying.Client.ScheduleNewOrchestrationInstanceAsync(nameof(TrainModels), DurableHost.Request, Cancellation);
        await reached.Task.WaitAsync(Cancellation);
        never.SetCanceled(Cancellation);
        await dying.DisposeAsync();

        ward.Before = _ => Task.CompletedTask;
        await using var host = await DurableHost.StartAsync(ward.Register);
        Assert.Equal(Verdict.Promoted, (await OutcomeAsync(host, DurableHost.Request)).Verdict);
        Assert.Equal([.. Fits, "evaluate"], ward.Made.Take(2).Order().Concat(ward.Made.Skip(2)));
        Assert.Single(await EventsAsync(), e => e is ModelTrained);
    }

    private static async Task<TrainingOutcome> OutcomeAsync(DurableTaskTestHost host, TrainingRequest request)
    {
        var run = await host.RunAsync(request);
        Assert.True(run.RuntimeStatus == OrchestrationRuntimeStatus.Completed, run.FailureDetails?.ToString());
        return run.ReadOutputAs<TrainingOutcome>()!;
    }

    private async Task<IReadOnlyList<DomainEvent>> EventsAsync() =>
        [.. (await ward.Store.Events.ReadStreamAsync(Model.StreamOf("ward"), 1, Cancellation).ToListAsync(Cancellation))
            .Select(e => e.Event).OfType<DomainEvent>()];

    private async Task<IEnumerable<string>> RecordAsync() => (await EventsAsync()).Select(e => e.GetType().Name);
}
