using Microsoft.Azure.Functions.Worker;

namespace IoMTAD.Functions.Training;

/// <summary>The steps of <see cref="TrainModels"/> as Durable calls them, each on whichever worker is free.</summary>
public sealed class TrainingActivities(TrainingWork work)
{
    public const string Prepare = "PrepareTraining", FitDetector = "FitDetector", FitClassifier = "FitClassifier", Tune = "TuneThreshold",
        Evaluate = "EvaluateModel", Decide = "DecideOnModel", Promote = "PromoteModel", Reject = "RejectModel";

    [Function(Prepare)]
    public Task<TrainingPlan> PrepareAsync([ActivityTrigger] TrainingStart start, CancellationToken gone) => work.PrepareAsync(start, gone);

    [Function(FitDetector)]
    public Task<bool> FitDetectorAsync([ActivityTrigger] TrainingPlan plan, CancellationToken gone) => work.FitDetectorAsync(plan, gone);

    [Function(FitClassifier)]
    public Task<bool> FitClassifierAsync([ActivityTrigger] TrainingPlan plan, CancellationToken gone) => work.FitClassifierAsync(plan, gone);

    [Function(Tune)]
    public Task<string> TuneAsync([ActivityTrigger] TrainingPlan plan, CancellationToken gone) => work.TuneAsync(plan, gone);

    [Function(Evaluate)]
    public Task<bool> EvaluateAsync([ActivityTrigger] TrainingPlan plan, CancellationToken gone) => work.EvaluateAsync(plan, gone);

    [Function(Decide)]
    public Task<TrainingOutcome> DecideAsync([ActivityTrigger] TrainingPlan plan, CancellationToken gone) => work.DecideAsync(plan, gone);

    [Function(Promote)]
    public Task<TrainingOutcome> PromoteAsync([ActivityTrigger] Promotion promotion, CancellationToken gone) => work.PromoteAsync(promotion, gone);

    [Function(Reject)]
    public Task<TrainingOutcome> RejectAsync([ActivityTrigger] Rejection rejection, CancellationToken gone) => work.RejectAsync(rejection, gone);
}
