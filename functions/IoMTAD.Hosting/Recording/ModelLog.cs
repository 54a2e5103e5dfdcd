using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Recording;

/// <summary>A model as its events have it, for a decision about it.</summary>
/// <param name="Version">Of the stream: the decision holds only if nothing else was recorded meanwhile.</param>
public sealed record ModelHistory(Model State, int Version, IReadOnlyList<StoredEvent> Events);

/// <summary>Records a model's life as events.</summary>
/// <param name="at">When it happens: of training, in the time of the traffic that it learns from.</param>
public sealed class ModelLog(IEventStore store, string name, DateTimeOffset at)
{
    private readonly string stream = Model.StreamOf(name);

    public Task StartedAsync(string schema, string data, int seed, CancellationToken cancellation) =>
        AppendAsync($"started {data} {seed} {at.UtcTicks}", cancellation, new TrainingStarted(name, schema, data, seed));

    public Task TrainedAsync(AnomalyModel model, int sequences, CancellationToken cancellation) =>
        AppendAsync(model.Version, cancellation,
            new ModelTrained(name, model.Version, model.Schema.Name, sequences, model.Manifest.Metrics.GetValueOrDefault("validationLoss")),
            Tuned(model));

    public Task TunedAsync(AnomalyModel model, CancellationToken cancellation) => AppendAsync(model.Version, cancellation, Tuned(model));

    public async Task<ModelHistory> ReadAsync(CancellationToken cancellation)
    {
        var events = await store.ReadStreamAsync(stream, 1, cancellation).ToListAsync(cancellation);
        var state = events.Select(e => e.Event).OfType<DomainEvent>().Aggregate(Model.New(name), Model.Apply);
        return new(state, events.Count, events);
    }

    /// <summary>Records what was decided on a history.</summary>
    /// <remarks>The id derives from the decision and the changes before it: the same rejection is recorded once, while a version may be
    /// promoted again after it was given up.</remarks>
    /// <exception cref="WrongExpectedVersionException">The history is no longer the newest.</exception>
    public Task RecordAsync(ModelHistory history, DomainEvent decision, CancellationToken cancellation)
    {
        var id = EventId.From($"{stream} {history.State.Changes} {EventTypes.NameOf(decision)} {EventTypes.Serialize(decision)}");
        return store.CommitAsync(new Commit([new StreamAppend(stream, history.Version, [new NewEvent(id, decision, at)])]), cancellation);
    }

    private ThresholdTuned Tuned(AnomalyModel model) =>
        new(name, model.Version, model.Manifest.FalseAlarmRate, model.Manifest.Threshold, model.Manifest.CalibrationSequences);

    private Task AppendAsync(string identity, CancellationToken cancellation, params DomainEvent[] events) =>
        store.CommitAsync(new Commit([new StreamAppend(stream, ExpectedVersion: null,
            [.. events.Select(e => new NewEvent(EventId.From($"{name} {identity} {EventTypes.NameOf(e)}"), e, at))])]), cancellation);
}
