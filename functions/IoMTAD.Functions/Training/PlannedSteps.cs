using IoMTAD.Inference;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Models;
using IoMTAD.Training.Steps;

namespace IoMTAD.Functions.Training;

/// <summary>The steps of training as a plan wants them. One that is finished is found, so that asking again costs little.</summary>
public sealed class PlannedSteps(ITrainingData source, IStepResults results)
{
    private readonly TrainingSteps steps = new(results);

    /// <exception cref="InvalidDataException">It is not what the run began with.</exception>
    public async Task<Dataset> DataAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await source.ReadAsync(plan.Request.Data, cancellation);
        return data.Card.Sha256 == plan.DataSha256
            ? data : throw new InvalidDataException($"{plan.Request.Data} has changed while training ran: start again");
    }

    /// <exception cref="OperationCanceledException">The worker goes; what was fitted so far is kept.</exception>
    public Task<AnomalyModel> DetectorAsync(TrainingPlan plan, Dataset data, CancellationToken cancellation) => DoAsync(() =>
        steps.FitDetector(data, new TrainingOptions(plan.Request.Model, plan.Request.Seed, plan.Request.Epochs,
            FalseAlarmRate: plan.FalseAlarmRate, Threads: Environment.ProcessorCount), cancellation), cancellation);

    /// <returns>Null where the data holds no attacks to name.</returns>
    /// <exception cref="OperationCanceledException">The worker goes.</exception>
    public Task<(ClassifierModel Model, byte[] File)?> ClassifierAsync(TrainingPlan plan, Dataset data, CancellationToken cancellation) => DoAsync(() =>
        steps.FitClassifier(data, new ClassifierOptions(Seed: plan.Request.Seed, Threads: Environment.ProcessorCount), plan.Request.Model,
            cancellation), cancellation);

    /// <summary>Both parts as one version.</summary>
    public async Task<AnomalyModel> ModelAsync(TrainingPlan plan, Dataset data, CancellationToken cancellation)
    {
        var model = await DetectorAsync(plan, data, cancellation);
        return await ClassifierAsync(plan, data, cancellation) is { } found ? model.WithClassifier(found.Model, found.File) : model;
    }

    public Task<EvaluationReport> EvaluateAsync(AnomalyModel model, Dataset data, CancellationToken cancellation) =>
        DoAsync(() => steps.Evaluate(model, data), cancellation);

    /// <summary>A fit that was cancelled gives the best so far, which is not what was asked for.</summary>
    private static async Task<T> DoAsync<T>(Func<T> step, CancellationToken cancellation)
    {
        var made = await Task.Run(step, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return made;
    }
}
