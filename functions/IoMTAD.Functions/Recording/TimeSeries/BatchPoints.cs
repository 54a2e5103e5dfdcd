using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Recording;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>What a stored batch is as points of time series, by traffic time. They hold names, counts and scores, and nothing that was said.</summary>
/// <remarks>
/// The same traffic gives the same points, so that what is written again overwrites. A window in which another worker took over a partition
/// holds what that one saw; the record itself is the event store.
/// </remarks>
internal sealed class BatchPoints(DeviceInventory inventory, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly DeviceWindows windows = new(inventory);

    public IReadOnlyList<PointData> Of(PipelineResult result, CommitResult committed, BatchFigures figures)
    {
        List<PointData> points = [.. SessionPoints.Of(result, committed, inventory)];
        lock (gate) windows.Add(result.Outcomes, points);
        if (Pipeline(result, committed, figures) is { } pipeline) points.Add(pipeline);
        return points;
    }

    private PointData? Pipeline(PipelineResult result, CommitResult committed, BatchFigures figures)
    {
        var (last, lost) = (result.Outcomes.Count > 0 ? result.Outcomes.Max(o => o.Summary.LastNanoseconds) : 0, result.Rejected.Count + figures.Unreadable);
        // Of a batch in which nothing could be read, the host's clock has to do: it is what people look for.
        if (last <= 0 && lost > 0) last = TrafficTime.FromDate(time.GetUtcNow());
        var partition = result.Outcomes is [var first, ..] ? first.Segment.Position.Partition : result.Commit.Checkpoint?.Next.Partition;
        return last <= 0 || partition is null ? null : PointData.Measurement("pipeline").Tag("partition", SessionPoints.Partition(partition.Value))
            .Field("segments", (long)result.Outcomes.Count).Field("packets", result.Outcomes.Sum(o => (long)o.Summary.Frames))
            .Field("events", (long)committed.Appended.Count).Field("duplicates", (long)committed.Duplicates)
            .Field("dead_letters", (long)lost).Field("gaps", figures.Gaps).Field("seconds", figures.Took.TotalSeconds)
            .Timestamp(last, WritePrecision.Ns);
    }
}
