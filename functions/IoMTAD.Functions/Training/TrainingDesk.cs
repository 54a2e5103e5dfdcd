using IoMTAD.Api.Desks;
using IoMTAD.Training.Evaluation;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace IoMTAD.Functions.Training;

/// <summary>Where the latest run stands.</summary>
/// <param name="Status">Null before its first step.</param>
/// <param name="Outcome">Null while it runs, and where it failed.</param>
/// <param name="Fault">Why it failed; null where it did not.</param>
public sealed record TrainingState(
    string Model, bool Running, string Cause, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, TrainingStatus? Status, TrainingOutcome? Outcome,
    string? Fault);

/// <param name="Reason">Why nothing was started; null where it was.</param>
/// <param name="State">Of the run that was started, or is in the way.</param>
public sealed record TrainingAnswer(bool Started, string? Reason, TrainingState? State);

/// <summary>Starts training, says where it stands, takes a person's word. One run of a model at a time.</summary>
public sealed class TrainingDesk(TrainingSettings settings)
{
    private static readonly OrchestrationRuntimeStatus[] Unfinished =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private string Instance => $"training-{settings.Model}";

    /// <param name="cause">For people.</param>
    public async Task<TrainingAnswer> StartAsync(DurableTaskClient client, string cause, CancellationToken cancellation)
    {
        if (settings.Data is null) return new(false, "nothing says what to learn from: set Training:Data to a container and a prefix", null);
        if (await BusyAsync(client, cancellation) is { } busy) return busy;
        var request = new TrainingRequest(settings.Model, settings.Data, settings.FalseAlarmRate, settings.Approval, cause);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(TrainModels), request,
                new StartOrchestrationOptions(Instance).WithDedupeStatuses(Unfinished), cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Somebody else was faster; else it is a fault.
            if (await BusyAsync(client, cancellation) is { } faster) return faster;
            throw;
        }
        return new(true, null, await StatusAsync(client, cancellation));
    }

    /// <summary>Not again while what the last run came to, a rejection perhaps, rests on much the same traffic.</summary>
    /// <returns>Null where the traffic is what the model learned.</returns>
    public async Task<TrainingAnswer?> StartForDriftAsync(DurableTaskClient client, DriftCheck drift, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!drift.HasDrifted) return null;
        if (await StatusAsync(client, cancellation) is { } last && now - last.StartedAt < TrafficDrift.Window)
            return new(false, FormattableString.Invariant($"{settings.Model} was trained less than {TrafficDrift.Window.TotalDays:0} days ago"), last);
        return await StartAsync(client,
            FormattableString.Invariant($"benign traffic has drifted: population stability index {drift.PopulationStability:0.###}"), cancellation);
    }

    /// <returns>Null where the model was never trained here.</returns>
    public async Task<TrainingState?> StatusAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(Instance, getInputsAndOutputs: true, cancellation) is not { } run) return null;
        return new(settings.Model, Unfinished.Contains(run.RuntimeStatus), run.ReadInputAs<TrainingRequest>()?.Cause ?? "", run.CreatedAt,
            run.LastUpdatedAt, run.SerializedCustomStatus is null ? null : run.ReadCustomStatusAs<TrainingStatus>(),
            run.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? run.ReadOutputAs<TrainingOutcome>() : null, Fault(run));
    }

    /// <param name="version">The version that the person means; null for whatever waits.</param>
    /// <param name="by">The account that says so.</param>
    public async Task<ActOutcome<TrainingState>> ApproveAsync(
        DurableTaskClient client, bool granted, string? version, string by, CancellationToken cancellation)
    {
        if (await StatusAsync(client, cancellation) is not { } state) return ActOutcome<TrainingState>.NotFound($"training of {settings.Model}");
        if (!state.Running || state.Status?.Proposed is not { } proposed) return ActOutcome<TrainingState>.Refused("nothing waits for approval");
        if (version is not null && version != proposed.Version)
            return ActOutcome<TrainingState>.Refused($"{version} does not wait for approval, but {proposed.Version} does");
        await client.RaiseEventAsync(Instance, TrainModels.ApprovalEvent, new Approval(granted, by), cancellation);
        return state;
    }

    private async Task<TrainingAnswer?> BusyAsync(DurableTaskClient client, CancellationToken cancellation) =>
        await StatusAsync(client, cancellation) is { Running: true } running
            ? new(false, $"{settings.Model} is being trained already", running) : null;

    private static string? Fault(OrchestrationMetadata run) => run.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed => (run.FailureDetails?.InnerFailure ?? run.FailureDetails)?.ErrorMessage ?? "it failed",
        OrchestrationRuntimeStatus.Terminated => "somebody ended it",
        _ => null,
    };
}
