using IoMTAD.Features;
using IoMTAD.Hosting.Recording;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using IoMTAD.Training.Steps;

namespace IoMTAD.Functions.Training;

/// <summary>What each step of a run does. Each may be done again, anywhere: what is finished is found, what is on record stays so once.</summary>
public sealed class TrainingWork(ITrainingData source, IStepResults results, IEventStore store, IPromotedBundles bundles)
{
    private readonly TrainingSteps steps = new(results);

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
    /// <exception cref="OperationCanceledException">The worker goes; what was fitted so far is kept.</exception>
    public async Task<bool> FitDetectorAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await DataOfAsync(plan, cancellation);
        await Task.Run(() => Detector(plan, data, cancellation), CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return true;
    }

    /// <returns>Whether the data held attacks to name.</returns>
    /// <exception cref="OperationCanceledException">The worker goes.</exception>
    public async Task<bool> FitClassifierAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await DataOfAsync(plan, cancellation);
        var found = await Task.Run(() => Classifier(plan, data, cancellation), CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return found is not null;
    }

    /// <summary>Both parts become one version, its threshold where the fit found it for the wanted rate; it goes on record.</summary>
    /// <returns>The version.</returns>
    public async Task<string> TuneAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var (model, data) = await ModelOfAsync(plan, cancellation);
        await LogOf(plan).TrainedAsync(model, data.Train.Sum(f => f.Disjoint().Count), cancellation);
        return model.Version;
    }

    /// <returns>True.</returns>
    public async Task<bool> EvaluateAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var (model, data) = await ModelOfAsync(plan, cancellation);
        await Task.Run(() => steps.Evaluate(model, data), cancellation);
        return true;
    }

    /// <summary>Says what the figures ask for, and changes nothing.</summary>
    public async Task<TrainingOutcome> DecideAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var measured = await MeasureAsync(plan, cancellation);
        return OutcomeOf(measured.Model, measured.Decide());
    }

    /// <summary>Decides on the history as it is now, which may have gone on while somebody was asked, and acts on it.</summary>
    public async Task<TrainingOutcome> PromoteAsync(Promotion promotion, CancellationToken cancellation)
    {
        var (plan, by) = promotion;
        var measured = await MeasureAsync(plan, cancellation);
        var decision = measured.Decide();
        if (decision is ModelPromoted promoted)
        {
            if (by is not null) decision = ModelDecisions.Approve(promoted, by);
            // The bundle is there before anybody can read that it is in use.
            await bundles.KeepAsync(measured.Model.Version, measured.Bundle(), cancellation);
        }
        if (decision is not null) await LogOf(plan).RecordAsync(measured.History, decision, cancellation);
        return OutcomeOf(measured.Model, decision);
    }

    public async Task<TrainingOutcome> RejectAsync(Rejection rejection, CancellationToken cancellation)
    {
        var measured = await MeasureAsync(rejection.Plan, cancellation);
        var decision = measured.Refuse(rejection.Reason);
        if (decision is not null) await LogOf(rejection.Plan).RecordAsync(measured.History, decision, cancellation);
        return OutcomeOf(measured.Model, decision);
    }

    /// <param name="Report">Of the candidate.</param>
    private sealed record Measured(AnomalyModel Model, EvaluationReport Report, EvaluationReport? InUse, ModelHistory History, string DataSha256)
    {
        private ModelCandidate Candidate => new(Model.Version, Model.Manifest.FalseAlarmRate);

        private (ModelFigures? Candidate, ModelFigures? Current) Figures => HeldBack.Compare(Report, InUse);

        public DomainEvent? Decide() =>
            ModelDecisions.Promote(History.State, Candidate, Figures.Candidate!, Figures.Current, DataSha256);

        public DomainEvent? Refuse(string reason) =>
            ModelDecisions.Refuse(History.State, Candidate, reason, Figures.Candidate!, Figures.Current, DataSha256);

        public Dictionary<string, byte[]> Bundle() => new(
            Model.Files.Select(f => KeyValuePair.Create(f.Key, f.Value.ToArray())), StringComparer.Ordinal)
        {
            [ModelCard.FileName] = System.Text.Encoding.UTF8.GetBytes(ModelCard.Render(Model, Report)),
        };
    }

    private async Task<Measured> MeasureAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var (model, data) = await ModelOfAsync(plan, cancellation);
        var history = await LogOf(plan).ReadAsync(cancellation);
        var inUse = history.State.Current is { } version && version != model.Version ? await InUseAsync(version, data, cancellation) : null;
        return await Task.Run(() => new Measured(model, steps.Evaluate(model, data), inUse is null ? null : steps.Evaluate(inUse, data),
            history, plan.DataSha256), cancellation);
    }

    /// <exception cref="InvalidDataException">Nothing can be compared with it.</exception>
    private async Task<AnomalyModel> InUseAsync(string version, Dataset data, CancellationToken cancellation)
    {
        var load = await bundles.FindAsync(version, cancellation) is { } files
            ? AnomalyModel.Load(files, [.. FeatureSchemas.All]) : new ModelLoad(null, "its bundle is gone");
        var error = load.Model is not { } model ? $"it cannot be loaded: {load.Error}"
            : model.Version != version ? $"its bundle holds {model.Version}"
            : HeldBack.Refusal(model, data);
        return error is null ? load.Model! : throw new InvalidDataException($"{version} is in use, but {error}");
    }

    private async Task<(AnomalyModel Model, Dataset Data)> ModelOfAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await DataOfAsync(plan, cancellation);
        return await Task.Run(() =>
        {
            var model = Detector(plan, data, cancellation);
            var named = Classifier(plan, data, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return (named is { } found ? model.WithClassifier(found.Model, found.File) : model, data);
        }, CancellationToken.None);
    }

    /// <exception cref="InvalidDataException">It is not what the run began with.</exception>
    private async Task<Dataset> DataOfAsync(TrainingPlan plan, CancellationToken cancellation)
    {
        var data = await source.ReadAsync(plan.Request.Data, cancellation);
        return data.Card.Sha256 == plan.DataSha256
            ? data : throw new InvalidDataException($"{plan.Request.Data} has changed while training ran: start again");
    }

    private AnomalyModel Detector(TrainingPlan plan, Dataset data, CancellationToken cancellation) => steps.FitDetector(data,
        new TrainingOptions(plan.Request.Model, plan.Request.Seed, plan.Request.Epochs, FalseAlarmRate: plan.FalseAlarmRate,
            Threads: Environment.ProcessorCount), cancellation);

    private (ClassifierModel Model, byte[] File)? Classifier(TrainingPlan plan, Dataset data, CancellationToken cancellation) =>
        steps.FitClassifier(data, new ClassifierOptions(Seed: plan.Request.Seed, Threads: Environment.ProcessorCount), plan.Request.Model, cancellation);

    private ModelLog LogOf(TrainingPlan plan) => new(store, plan.Request.Model, plan.At);

    private static TrainingOutcome OutcomeOf(AnomalyModel model, DomainEvent? decision) => decision switch
    {
        ModelPromoted e => new(Verdict.Promoted, model.Version, e.Reason),
        ModelRejected e => new(Verdict.Rejected, model.Version, e.Reason),
        _ => new(Verdict.Unchanged, model.Version, "it is in use already"),
    };
}
