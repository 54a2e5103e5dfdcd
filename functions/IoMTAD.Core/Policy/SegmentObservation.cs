using IoMTAD.Capture;
using IoMTAD.Inference;

namespace IoMTAD.Policy;

/// <summary>What the rooms before found out about one segment: the input of every decision.</summary>
/// <param name="Score">Null where the segment was not scored: while learning, or when none of its frames could be decoded.</param>
public readonly record struct SegmentObservation(
    string Address, TrafficPosition Position, long FirstNanoseconds, long LastNanoseconds, AnomalyScore? Score, bool IsStrange);

/// <summary>The model behind a verdict, as far as an event names it.</summary>
public sealed record ModelIdentity(string Version, string Schema, float Threshold);

/// <summary>An event with the stream it belongs to and the identity by which a repeat is recognised.</summary>
/// <param name="OccurredNanoseconds">Traffic time, nanoseconds since the Unix epoch.</param>
public readonly record struct Decision(string Stream, string Id, DomainEvent Event, long OccurredNanoseconds);
