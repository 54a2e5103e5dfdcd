using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Recording;
using IoMTAD.Inference;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;

namespace IoMTAD.Functions.Training;

/// <summary>What each step of a run does. Each may be done again, anywhere: what is finished is found, what is on record stays so once.</summary>
public sealed class TrainingWork(ITrainingData source, PlannedSteps steps, IEventStore store, IModelStore bundles)
{
    /// <exception cref="InvalidDataException">The data is not enough to learn from, or to measure on.</exception>
    public async Task<TrainingPlan> PrepareAsync(TrainingStart start, CancellationToken cancellation)
    {
        var request = start.Request;
        var data = await source.ReadAsync(request.Data, cancellation);
        if ((DatasetTraining.TooLittle(data) ?? HeldBack.Refusal(data)) is { } reason) throw new InvalidDataException($"{request.Data}: {reason}");
        var plan = new TrainingPlan(request, data.Card.Sha256, request.FalseAlarmRate ?? DatasetTraining.UsualFalseAlarmRate(data), start.At);
        await LogOf(plan).StartedAsync(data.Schema.Name, plan.DataSha256, request.Seed, cancellation);
        return plan;
    }

    /// <returns>True.</returns>
    public async Task<bool> FitDetectorAsync(TrainingPlan plan, CancellationToken cancellation) =>
        await steps.DetectorAsync(plan, await steps.DataAsync(plan, cancellation), cancellation) is not null;

    /// <returns>Whether the data held attacks to name.</returns>
    public async Task<bool> FitClassifierAsync(TrainingPlan plan, CancellationToken cancellation) =>
        await steps.ClassifierAsync(plan, await steps.DataAsync(plan, cancellation), cancellation) is not null;

    /// <summary>Both parts become one version, its threshold where the fit found it for the wanted rate; it goes on record.</summary>
    /// <returns>The version.</returns>
    public async Task<string> TuneAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await steps.DataAsync(plan, cancellation);
        var model = await steps.ModelAsync(plan, data, cancellation);
        await LogOf(plan).TrainedAsync(model, data.Train.Sum(f => f.Disjoint().Count), cancellation);
        return model.Version;
    }

    /// <returns>True.</returns>
    public async Task<bool> EvaluateAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await steps.DataAsync(plan, cancellation);
        return await steps.EvaluateAsync(await steps.ModelAsync(plan, data, cancellation), data, cancellation) is not null;
    }

    /// <summary>Says what the figures ask for, and changes nothing.</summary>
    public async Task<TrainingOutcome> DecideAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var measured = await MeasureAsync(plan, cancellation);
        return measured.Outcome(measured.Decide());
    }

    /// <summary>Decides on the history as it is now, which may have gone on while somebody was asked, and acts on it.</summary>
    public async Task<TrainingOutcome> PromoteAsync(Promotion promotion, CancellationToken cancellation)
    {
        var measured = await MeasureAsync(promotion.Plan, cancellation);
        var decision = measured.Decide();
        if (decision is ModelPromoted promoted)
        {
            if (promotion.ApprovedBy is { } by) decision = ModelDecisions.Approve(promoted, by);
            // The bundle is there before anybody can read that it is in use.
            await bundles.KeepAsync(measured.Model.Version, measured.Bundle(), cancellation);
        }
        if (decision is not null) await LogOf(promotion.Plan).RecordAsync(measured.History, decision, cancellation);
        return measured.Outcome(decision);
    }

    public async Task<TrainingOutcome> RejectAsync(Rejection rejection, CancellationToken cancellation)
    {
        var measured = await MeasureAsync(rejection.Plan, cancellation);
        var decision = measured.Refuse(rejection.Reason);
        if (decision is not null) await LogOf(rejection.Plan).RecordAsync(measured.History, decision, cancellation);
        return measured.Outcome(decision);
    }

    private async Task<MeasuredCandidate> MeasureAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await steps.DataAsync(plan, cancellation);
        var model = await steps.ModelAsync(plan, data, cancellation);
        var history = await LogOf(plan).ReadAsync(cancellation);
        var inUse = history.State.Current is { } version && version != model.Version ? await InUseAsync(version, data, cancellation) : null;
        return new MeasuredCandidate(plan, model, await steps.EvaluateAsync(model, data, cancellation),
            inUse is null ? null : await steps.EvaluateAsync(inUse, data, cancellation), history);
    }

    /// <exception cref="InvalidDataException">Nothing can be compared with it.</exception>
    private async Task<AnomalyModel> InUseAsync(string version, Dataset data, CancellationToken cancellation)
    {
        var load = await bundles.LoadAsync(version, cancellation);
        var error = load.Model is { } model ? HeldBack.Refusal(model, data) : $"it cannot be loaded: {load.Error}";
        return error is null ? load.Model! : throw new InvalidDataException($"{version} is in use, but {error}");
    }

    private ModelLog LogOf(TrainingPlan plan) => new(store, plan.Request.Model, plan.At);
}
