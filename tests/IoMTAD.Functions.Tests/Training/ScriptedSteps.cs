using System.Collections.Concurrent;
using IoMTAD.Functions.Training;
using Microsoft.DurableTask;

namespace IoMTAD.Functions.Tests.Training;

/// <summary>Steps that do nothing but what a test wants of them, and remember that they were called.</summary>
internal sealed class ScriptedSteps
{
    private readonly ConcurrentQueue<string> calls = [];

    public TrainingOutcome Proposed { get; init; } = new(Verdict.Promoted, "ward@1", "better");

    /// <summary>What a step does before it answers; it is told how often it was called already.</summary>
    public Func<string, int, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<string> Calls => [.. calls];

    public void Register(DurableTaskRegistry registry)
    {
        Add<TrainingStart, TrainingPlan>(TrainingActivities.Prepare, start => new(start.Request, "d1", 0.01, start.At));
        Add<TrainingPlan, bool>(TrainingActivities.FitDetector, _ => true);
        Add<TrainingPlan, bool>(TrainingActivities.FitClassifier, _ => true);
        Add<TrainingPlan, string>(TrainingActivities.Tune, _ => Proposed.Version);
        Add<TrainingPlan, bool>(TrainingActivities.Evaluate, _ => true);
        Add<TrainingPlan, TrainingOutcome>(TrainingActivities.Decide, _ => Proposed);
        Add<Promotion, TrainingOutcome>(TrainingActivities.Promote, p => Proposed with { Reason = $"promoted, approved by {p.ApprovedBy ?? "nobody"}" });
        Add<Rejection, TrainingOutcome>(TrainingActivities.Reject, r => new(Verdict.Rejected, Proposed.Version, r.Reason));

        void Add<TInput, TOutput>(string step, Func<TInput, TOutput> answer) => registry.AddActivityFunc<TInput, TOutput>(step, async (_, input) =>
        {
            var before = calls.Count(c => c == step);
            calls.Enqueue(step);
            await Before(step, before);
            return answer(input);
        });
    }
}
