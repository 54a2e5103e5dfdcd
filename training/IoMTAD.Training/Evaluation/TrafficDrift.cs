using IoMTAD.Inference;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Training.Evaluation;

/// <summary>Whether the traffic that a model scores is still the traffic that it learned.</summary>
public static class TrafficDrift
{
    /// <summary>Long enough to hold every shift and every weekday.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <returns>Null where too little traffic was scored within the window, or the model does not say what its own scored.</returns>
    public static async Task<DriftCheck?> CheckAsync(IEventStore store, IReadModels reads, AnomalyModel model, CancellationToken cancellation)
    {
        // By the traffic's own time: a replay of last year's is judged as it was then.
        if (await reads.TrafficClockAsync(cancellation) is not { } clock) return null;
        return DriftCheck.Of(await store.ReadScoresAsync(model.Version, clock - Window, cancellation), model.Manifest.HeldOutScores);
    }
}
