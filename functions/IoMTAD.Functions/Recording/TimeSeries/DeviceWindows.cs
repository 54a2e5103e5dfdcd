using IoMTAD.Capture;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;

namespace IoMTAD.Functions.Recording.TimeSeries;

/// <summary>
/// One point of <c>device</c> for each device and ten seconds of its traffic. While a window goes on, each batch gives its point anew, with
/// all that was seen so far.
/// </summary>
internal sealed class DeviceWindows(DeviceInventory inventory)
{
    private const long Window = 10_000_000_000, Late = 6 * Window;

    /// <summary>Beyond that, windows that the batch does not touch are forgotten.</summary>
    private const int MostDevices = 10_000;

    private readonly Dictionary<(string Topic, int Partition, string Device), Sums> current = [];

    public void Add(IReadOnlyList<SegmentOutcome> outcomes, List<PointData> points)
    {
        HashSet<Sums> touched = [];
        foreach (var outcome in outcomes)
            if (outcome.Summary is { Steps: > 0, FirstNanoseconds: > 0 }) touched.Add(Count(outcome));
        points.AddRange(touched.Select(s => s.Point(inventory)));
        if (current.Count <= MostDevices) return;
        foreach (var key in current.Where(w => !touched.Contains(w.Value)).Select(w => w.Key).ToList()) current.Remove(key);
    }

    private Sums Count(in SegmentOutcome outcome)
    {
        var device = inventory.Find(outcome.Segment.Device);
        var key = (outcome.Segment.Position.Topic, outcome.Segment.Position.Partition, device.IsKnown ? device.Id : InventoryDevice.UnknownKind);
        var start = outcome.Summary.FirstNanoseconds - outcome.Summary.FirstNanoseconds % Window;
        // What comes a little late counts for the window that goes on: its own one is closed. From further back, the clock was set.
        if (!current.TryGetValue(key, out var sums) || start > sums.Start || start < sums.Start - Late) sums = current[key] = new Sums(start, outcome.Segment);
        sums.Add(outcome);
        return sums;
    }

    private sealed class Sums(long start, Segment first)
    {
        private long segments, packets, bytes, strange, scored;
        private double highest, total;

        public long Start => start;

        // Of the first segment its position and device alone: its bytes are not held.
        private readonly Segment origin = first with { Value = default };

        public void Add(in SegmentOutcome outcome)
        {
            segments++;
            packets += outcome.Summary.Frames;
            bytes += outcome.Summary.Bytes;
            if (outcome.IsStrange) strange++;
            if (outcome.Score is not { } score) return;
            highest = scored == 0 ? score.Score : Math.Max(highest, score.Score);
            total += score.Score;
            scored++;
        }

        public PointData Point(DeviceInventory inventory)
        {
            var point = SessionPoints.Tagged("device", origin, inventory)
                .Field("segments", segments).Field("packets", packets).Field("strange", strange);
            if (bytes > 0) point = point.Field("bytes", bytes);
            if (scored > 0) point = point.Field("score_highest", highest).Field("score_mean", total / scored);
            return point.Timestamp(start, WritePrecision.Ns);
        }
    }
}
