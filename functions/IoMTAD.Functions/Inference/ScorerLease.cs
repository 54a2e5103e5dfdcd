using IoMTAD.Inference;

namespace IoMTAD.Functions.Inference;

/// <summary>The scorer of one batch, for one thread. It stays what it is until the lease ends, whatever is promoted meanwhile.</summary>
public sealed class ScorerLease : IScorerLease
{
    private ScorerPool? pool;

    /// <param name="pool">Null where no model is in use.</param>
    internal ScorerLease(ScorerPool? pool) => (this.pool, Scorer) = (pool, pool?.Take());

    /// <summary>Null before the first model: the pipeline then learns only.</summary>
    public IAnomalyScorer? Scorer { get; }

    public void Dispose() => Interlocked.Exchange(ref pool, null)?.GiveBack(Scorer!);
}
