namespace IoMTAD.Policy;

/// <summary>What a segment holds, for the decisions that need more of it than its score.</summary>
public interface ISegmentContent
{
    int Features { get; }

    /// <summary>Adds the mean over the segment's steps, feature by feature, as stored.</summary>
    void AddMeansTo(Span<double> sums);

    /// <summary>Why the segment is strange; called only when its anomaly is recorded.</summary>
    /// <param name="normal">What the device's features normally are, as stored; empty where that is not learned.</param>
    AnomalyExplanation Explain(ReadOnlySpan<float> normal);

    /// <returns>Addresses of the other ends of the frames, busiest first, at most five; called only for anomalies.</returns>
    IReadOnlyList<string> Peers();

    /// <summary>Keeps the segment as evidence; called only when its anomaly is recorded.</summary>
    /// <returns>SHA-256 of its bytes, lower-case hex.</returns>
    string Keep();
}
