using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy.Suppressions;

/// <summary>Anomalies that are known and harmless, in the words of the record. All that is named has to fit; what is null fits anything.</summary>
/// <param name="Feature">Name of a feature, for example <c>packet_rate</c>: it has to be the one that contributed most.</param>
/// <param name="Class">Suspected class, for example <c>port scan</c>.</param>
/// <param name="Peer">Address of one of the other ends, for example the vulnerability scanner's.</param>
public sealed record AllowRule(string? DeviceId, string? Ward, string? Feature, string? Class, string? Peer)
{
    /// <summary>A rule has to say what it allows: whose traffic alone would switch the watch off.</summary>
    public bool SaysWhat => Feature is not null || Class is not null || Peer is not null;

    /// <param name="features">Largest contribution first.</param>
    public bool Fits(InventoryDevice device, SuspectedClass? suspected, IReadOnlyList<ExplainedFeature> features, IReadOnlyList<string> peers) =>
        SaysWhat && SuppressionScope.Covers(DeviceId, Ward, device)
        && (Feature is null || (features.Count > 0 && features[0].Name == Feature))
        && (Class is null || string.Equals(Class, suspected?.Name, StringComparison.OrdinalIgnoreCase))
        && (Peer is null || peers.Contains(Peer, StringComparer.OrdinalIgnoreCase));
}
