namespace IoMTAD.Policy.Suppressions;

/// <summary>A box in the space of features: traffic of the device inside it is normal for that device from now on.</summary>
/// <remarks>
/// The guard against poisoning: the box holds what the incident's kept segments did, widened a little, and nothing else; no score above
/// <paramref name="ScoreLimit"/> and no rate above <paramref name="RateLimit"/> is let pass, whatever its features.
/// </remarks>
/// <param name="Schema">Feature schema of <paramref name="Low"/> and <paramref name="High"/>: means of the model's features over a segment, as stored.</param>
/// <param name="RateLimit">Packets per second.</param>
/// <param name="Segments">Kept segments that it was learned from.</param>
public sealed record LearnedBehaviour(
    string Schema, IReadOnlyList<float> Low, IReadOnlyList<float> High, double ScoreLimit, double RateLimit, int Segments)
{
    /// <summary>For a silence: seconds without a frame that are normal for the device; null otherwise.</summary>
    public double? SilenceLimitSeconds { get; init; }

    /// <param name="means">Of the model's features over the segment, as stored.</param>
    public bool Holds(ReadOnlySpan<double> means, double score, double packetsPerSecond)
    {
        if (means.Length != Low.Count || score > ScoreLimit || packetsPerSecond > RateLimit) return false;
        for (var i = 0; i < means.Length; i++)
            if (!(means[i] >= Low[i] && means[i] <= High[i])) return false;
        return true;
    }
}
