using IoMTAD.Inference;

namespace IoMTAD.Functions.Inference;

/// <summary>The scorers of one model, one per batch at a time: those that are free are used again. Once retired, each goes with its last
/// batch.</summary>
/// <param name="first">Made beforehand, so that a model that cannot be scored with is never put into use.</param>
/// <param name="create">Makes another, for batches at the same time.</param>
internal sealed class ScorerPool(IAnomalyScorer first, Func<IAnomalyScorer> create)
{
    private readonly Lock gate = new();
    private readonly Stack<IAnomalyScorer> free = new([first]);
    private bool isRetired;

    public string Version { get; } = first.ModelVersion;

    /// <summary>A scorer for one batch, until it is given back.</summary>
    public IAnomalyScorer Take()
    {
        lock (gate)
            if (free.TryPop(out var scorer)) return scorer;
        return create();
    }

    public void GiveBack(IAnomalyScorer scorer)
    {
        lock (gate)
        {
            if (!isRetired)
            {
                free.Push(scorer);
                return;
            }
        }
        Dispose(scorer);
    }

    /// <summary>Another model is in use: free scorers go now, the others when they are given back.</summary>
    public void Retire()
    {
        IAnomalyScorer[] idle;
        lock (gate)
        {
            isRetired = true;
            idle = [.. free];
            free.Clear();
        }
        foreach (var scorer in idle) Dispose(scorer);
    }

    public static void Dispose(IAnomalyScorer scorer) => (scorer as IDisposable)?.Dispose();
}
