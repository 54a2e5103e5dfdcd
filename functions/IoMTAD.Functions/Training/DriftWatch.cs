using System.Diagnostics.Metrics;
using IoMTAD.Hosting.Inference;
using IoMTAD.Recording;
using IoMTAD.Training.Evaluation;
using IoMTAD.Views;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Training;

/// <summary>Holds how all instances have scored against what the model in use learned. The record has both: which instance looks does not matter.</summary>
public sealed class DriftWatch : IDisposable
{
    /// <summary>Population stability index of the traffic of the last days.</summary>
    public const string Instrument = "iomtad.model.drift";

    private readonly IEventStore store;
    private readonly IReadModels reads;
    private readonly IModelStore models;
    private readonly string name;
    private readonly ILogger log;
    private readonly Meter meter = new("IoMTAD.Training");
    private readonly Gauge<double> gauge;

    public DriftWatch(IEventStore store, IReadModels reads, IModelStore models, TrainingSettings settings, ILogger<DriftWatch> log)
    {
        (this.store, this.reads, this.models, name, this.log) = (store, reads, models, settings.Model, log);
        gauge = meter.CreateGauge<double>(Instrument, null, "Population stability index of the traffic against what the model learned");
    }

    /// <returns>Null where no model is in use, or too little was scored to say.</returns>
    public async Task<DriftCheck?> CheckAsync(CancellationToken cancellation)
    {
        if ((await reads.ModelsAsync(cancellation)).FirstOrDefault(m => m.Name == name)?.Current is not { } version) return null;
        var (model, error) = await models.LoadAsync(version, cancellation);
        if (model is null)
        {
            log.LogWarning("Whether traffic has drifted cannot be said: {Version} cannot be loaded: {Reason}", version, error);
            return null;
        }
        var drift = await TrafficDrift.CheckAsync(store, reads, model, cancellation);
        if (drift is not null) gauge.Record(drift.PopulationStability);
        return drift;
    }

    /// <param name="answer">Null where nothing was to be started.</param>
    public void Tell(DriftCheck drift, TrainingAnswer? answer)
    {
        if (answer is { Started: true }) log.LogWarning("Training begins: {Cause}", answer.State?.Cause);
        else if (answer is not null)
            log.LogWarning("Benign traffic has drifted (population stability index {Index:0.###}), but no training begins: {Reason}",
                drift.PopulationStability, answer.Reason);
    }

    public void Dispose() => meter.Dispose();
}
