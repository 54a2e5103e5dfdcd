using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace IoMTAD.Functions.Training;

/// <summary>A run of training, from data to a decision. It does nothing itself, so that it can be replayed from its history.</summary>
public static class TrainModels
{
    public const string ApprovalEvent = "approval";
    private const int Attempts = 3;

    [Function(nameof(TrainModels))]
    public static async Task<TrainingOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, TrainingRequest request)
    {
        // Data that cannot be learned from will be no better in a minute.
        var retry = TaskOptions.FromRetryPolicy(new RetryPolicy(Attempts, request.RetryAfter, backoffCoefficient: 2)
        {
            HandleFailure = failure => !failure.IsCausedBy<InvalidDataException>(),
        });
        Say(TrainingStep.Prepare);
        var plan = await DoAsync<TrainingPlan>(
            TrainingActivities.Prepare, new TrainingStart(request, new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero)));
        Say(TrainingStep.Fit);
        await Task.WhenAll(DoAsync<bool>(TrainingActivities.FitDetector, plan), DoAsync<bool>(TrainingActivities.FitClassifier, plan));
        Say(TrainingStep.Tune);
        await DoAsync<string>(TrainingActivities.Tune, plan);
        Say(TrainingStep.Evaluate);
        await DoAsync<bool>(TrainingActivities.Evaluate, plan);
        Say(TrainingStep.Decide);
        var proposed = await DoAsync<TrainingOutcome>(TrainingActivities.Decide, plan);
        if (proposed.Verdict == Verdict.Unchanged) return proposed;
        var (approvedBy, refusal) = (default(string), proposed.Verdict == Verdict.Rejected ? proposed.Reason : null);
        if (refusal is null && request.Approval is { } wait)
        {
            Say(TrainingStep.Approval, proposed);
            (approvedBy, refusal) = await AskAsync(context, wait);
        }
        Say(TrainingStep.Settle);
        return refusal is null
            ? await DoAsync<TrainingOutcome>(TrainingActivities.Promote, new Promotion(plan, approvedBy))
            : await DoAsync<TrainingOutcome>(TrainingActivities.Reject, new Rejection(plan, refusal));

        Task<T> DoAsync<T>(string step, object input) => context.CallActivityAsync<T>(step, input, retry);

        void Say(TrainingStep step, TrainingOutcome? waiting = null) =>
            context.SetCustomStatus(new TrainingStatus(step, (double)step / ((int)TrainingStep.Settle + 1), waiting));
    }

    private static async Task<(string? ApprovedBy, string? Refusal)> AskAsync(TaskOrchestrationContext context, TimeSpan wait)
    {
        try
        {
            var approval = await context.WaitForExternalEvent<Approval>(ApprovalEvent, wait);
            return approval.Granted ? (approval.By, null) : (null, $"refused by {approval.By}");
        }
        catch (TaskCanceledException)
        {
            return (null, $"nobody approved within {Text(wait)}");
        }
    }

    private static string Text(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.##} h"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.##} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s"),
    };
}
