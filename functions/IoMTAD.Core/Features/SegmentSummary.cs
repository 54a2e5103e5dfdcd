namespace IoMTAD.Features;

/// <summary>What reading one segment came to, besides its feature vectors.</summary>
/// <param name="Frames">Frames, or rows of a CSV segment.</param>
/// <param name="Undecodable">Frames with a decode failure, or rows that could not be read.</param>
/// <param name="Steps">Windows or rows that became steps of the sequence; 0 where none could, and then the batch has no sequence of it.</param>
/// <param name="Bytes">On the wire; 0 for a CSV segment.</param>
/// <param name="FirstNanoseconds">Nanoseconds since the Unix epoch; 0 where the segment carries no time.</param>
/// <param name="Fault">Why the segment is unreadable as a whole, or what was wrong with a part of it; null if nothing was.</param>
public readonly record struct SegmentSummary(
    int Frames, int Undecodable, int Steps, long Bytes, long FirstNanoseconds, long LastNanoseconds, string? Fault);
