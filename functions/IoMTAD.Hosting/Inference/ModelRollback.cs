using IoMTAD.Hosting.Recording;
using IoMTAD.Policy.Models;

namespace IoMTAD.Hosting.Inference;

/// <summary>Puts the version before the current one into use again, if its bundle is still there.</summary>
public static class ModelRollback
{
    /// <returns>What was recorded, or why nothing was.</returns>
    public static async Task<(ModelRolledBack? Decision, string? Refusal)> RunAsync(
        ModelLog log, IModelStore models, string reason, CancellationToken cancellation)
    {
        var history = await log.ReadAsync(cancellation);
        if (ModelDecisions.RollBack(history.State, reason) is not ModelRolledBack decision)
            return (null, history.State.Current is { } current ? $"no version before {current}" : $"no version of {history.State.Name} is in use");
        if ((await models.LoadAsync(decision.Version, cancellation)).Error is { } error)
            return (null, $"{decision.Version} cannot be put into use again: {error}");
        await log.RecordAsync(history, decision, cancellation);
        return (decision, null);
    }
}
