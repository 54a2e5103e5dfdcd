using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;

namespace IoMTAD.Local.Recording;

/// <summary>Records a model's life as events.</summary>
/// <param name="at">When it happens, in the time of the traffic that it learns from.</param>
public sealed class ModelLog(IEventStore store, string name, DateTimeOffset at)
{
    public Task StartedAsync(string schema, string data, int seed, CancellationToken cancellation) =>
        AppendAsync($"started {data} {seed} {at.UtcTicks}", cancellation, new TrainingStarted(name, schema, data, seed));

    public Task TrainedAsync(AnomalyModel model, int sequences, CancellationToken cancellation) =>
        AppendAsync(model.Version, cancellation,
            new ModelTrained(name, model.Version, model.Schema.Name, sequences, model.Manifest.Metrics.GetValueOrDefault("validationLoss")),
            new ThresholdTuned(name, model.Version, model.Manifest.FalseAlarmRate, model.Manifest.Threshold, model.Manifest.CalibrationSequences));

    public Task PromotedAsync(AnomalyModel model, string reason, CancellationToken cancellation) =>
        AppendAsync(model.Version, cancellation, new ModelPromoted(name, model.Version, Replaces: null, reason));

    private Task AppendAsync(string identity, CancellationToken cancellation, params DomainEvent[] events) =>
        store.CommitAsync(new Commit([new StreamAppend(Model.StreamOf(name), ExpectedVersion: null,
            [.. events.Select(e => new NewEvent(EventId.From($"{name} {identity} {EventTypes.NameOf(e)}"), e, at))])]), cancellation);
}
