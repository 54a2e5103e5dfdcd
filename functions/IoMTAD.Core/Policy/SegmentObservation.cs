using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Policy;

/// <summary>What the rooms before found out about one segment: the input of every decision.</summary>
/// <param name="Score">Null where the segment was not scored: while the model is being learned.</param>
/// <param name="Threshold">The model's, for a device of this kind.</param>
public readonly record struct SegmentObservation(
    string Address, TrafficPosition Position, long FirstNanoseconds, long LastNanoseconds, int Frames, AnomalyScore? Score, float Threshold)
{
    private const double ShortestSpan = 1e-3;

    /// <summary>The score is above the threshold.</summary>
    public bool IsStrange => Score?.Score > Threshold;

    public double PacketsPerSecond => RateOf(Frames, FirstNanoseconds, LastNanoseconds);

    /// <summary>A segment cut by time had a second for its frames, one cut by number had what they took.</summary>
    /// <returns>Packets per second.</returns>
    public static double RateOf(int frames, long firstNanoseconds, long lastNanoseconds) => frames >= FullSegment
        ? frames / Math.Max(ShortestSpan, (lastNanoseconds - firstNanoseconds) / 1e9)
        : frames;

    public static double RateOf(in SegmentSummary summary) => RateOf(summary.Frames, summary.FirstNanoseconds, summary.LastNanoseconds);

    private static int FullSegment => SegmenterOptions.Default.MaxFrames;
}

/// <summary>The model behind a verdict, as far as an event names it.</summary>
public sealed record ModelIdentity(string Version, string Schema);

/// <summary>An event with the stream it belongs to and the identity by which a repeat is recognised.</summary>
/// <param name="OccurredNanoseconds">Traffic time, nanoseconds since the Unix epoch.</param>
public readonly record struct Decision(string Stream, string Id, DomainEvent Event, long OccurredNanoseconds);
