using IoMTAD.Inference;

namespace IoMTAD.Functions.Inference;

/// <summary>The scorer that is in use, whichever that is by now.</summary>
public interface IScorerSource
{
    /// <summary>Until it is given back, the scorer stays whole, though another may be in use meanwhile.</summary>
    IScorerLease Lease();
}

/// <summary>A scorer lent out.</summary>
public interface IScorerLease : IDisposable
{
    /// <summary>Null while there is no model.</summary>
    IAnomalyScorer? Scorer { get; }
}
