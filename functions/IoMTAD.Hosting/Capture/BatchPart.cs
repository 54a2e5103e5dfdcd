using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Capture;

/// <summary>What of a batch is not stored yet, and which records are missing before and within it.</summary>
/// <param name="Gaps">Stretches of offsets that did not come, from the first missing one to before the next that did.</param>
/// <param name="Last">The last record, readable or not.</param>
internal sealed record BatchPart(IReadOnlyList<Segment> Segments, IReadOnlyList<(long Expected, long Found)> Gaps, TrafficPosition Last, bool IsEmpty)
{
    /// <param name="next">Offset up to which the partition is stored; 0 where nothing of it is: it may begin anywhere.</param>
    public static BatchPart From(TrafficBatch batch, long next)
    {
        var offsets = batch.Segments.Select(s => s.Position.Offset).Concat(batch.Unreadable).Where(o => o >= next).Order().ToList();
        if (offsets.Count == 0) return new([], [], default, IsEmpty: true);
        List<(long, long)> gaps = [];
        var expected = next == 0 ? offsets[0] : next;
        foreach (var offset in offsets)
        {
            if (offset > expected) gaps.Add((expected, offset));
            expected = offset + 1;
        }
        IReadOnlyList<Segment> segments = batch.Segments is [{ Position.Offset: var first }, ..] && first >= next
            ? batch.Segments
            : [.. batch.Segments.Where(s => s.Position.Offset >= next)];
        return new(segments, gaps, new TrafficPosition(batch.Topic, batch.Partition, offsets[^1]), IsEmpty: false);
    }

    /// <summary>The commit with what is missing on record, held to the state that it was decided on.</summary>
    /// <param name="now">For a batch in which nothing says what time it is.</param>
    public Commit Complete(PipelineResult result, long next, PolicyOptions options, DateTimeOffset now)
    {
        var commit = result.Commit;
        var checkpoint = commit.Checkpoint! with { Next = Last with { Offset = Last.Offset + 1 }, Expected = next };
        var noticed = checkpoint.Clock ?? now;
        var missing = Gaps.SelectMany(gap => SkippedTrafficRules.Decide(
            Last with { Offset = gap.Expected }, gap.Found, TrafficTime.FromDate(noticed), options));
        return commit with { Checkpoint = checkpoint, Appends = [.. commit.Appends, .. DetectionPipeline.Appends(missing)] };
    }
}
