using System.Diagnostics.CodeAnalysis;

namespace IoMTAD.Capture;

/// <summary>
/// Cuts a stream of frames into segments, one device each. Deterministic: the same frames give the same segments in the same order, however
/// they were read. A device is forgotten when its segment closes, so memory follows the traffic of the last second and not the past.
/// </summary>
/// <param name="topic">With <paramref name="partition"/> and offsets counted up from <paramref name="firstOffset"/>: the positions.</param>
public sealed class Segmenter(
    DeviceInventory inventory, string topic, int partition = 0, long firstOffset = 0, SegmenterOptions? options = null)
{
    /// <summary>After so many frames in a row behind the packet clock the clock is wrong: it had leapt ahead, or was set back.</summary>
    private const int LateFramesToResetClock = 1000;

    private readonly SegmenterOptions options = options ?? SegmenterOptions.Default;
    private readonly FrameDevices devices = new(inventory);
    private readonly Dictionary<DeviceAddress, OpenSegment> open = [];
    private readonly Stack<OpenSegment> spare = [];
    private readonly Queue<Segment> closed = [];
    private long nextOffset = firstOffset;
    private long clock = long.MinValue;
    private int lateFrames;
    private long openBytes;
    private OpenSegment? oldest, newest;
    private OpenSegment? last;

    /// <summary>Segments that are still filling.</summary>
    public int OpenSegments => open.Count;

    /// <summary>Adds a frame to its device's segment. Segments that this closes wait for <see cref="TryTake"/>.</summary>
    public void Add(in Frame frame)
    {
        if (frame.TimestampNanoseconds > clock)
        {
            Advance(frame.TimestampNanoseconds);
            lateFrames = 0;
        }
        else if (clock - frame.TimestampNanoseconds >= options.MaxNanoseconds && ++lateFrames > LateFramesToResetClock)
        {
            Flush();
            clock = frame.TimestampNanoseconds;
            lateFrames = 0;
        }

        var device = devices.Of(frame);
        var segment = Find(device);
        if (segment is not null && !segment.Takes(frame, options.MaxNanoseconds))
        {
            Close(segment);
            segment = null;
        }
        segment ??= Open(device, frame);
        openBytes += segment.Append(frame, options.SnapLength);
        if (segment.Frames >= options.MaxFrames) Close(segment);
        while (openBytes > options.MaxOpenBytes && oldest is not null) Close(oldest);
    }

    /// <summary>Moves the packet clock on, as when a live link falls silent, and closes the segments whose time is over.</summary>
    public void Advance(long timestampNanoseconds)
    {
        clock = Math.Max(clock, timestampNanoseconds);
        // The list is in the order of opening, and the clock never ran back since: the first that may stay ends the search.
        while (oldest is not null && clock - oldest.OpenedAt >= options.MaxNanoseconds) Close(oldest);
    }

    /// <summary>Closes all open segments, the oldest first.</summary>
    public void Flush()
    {
        while (oldest is not null) Close(oldest);
    }

    public bool TryTake([NotNullWhen(true)] out Segment? segment) => closed.TryDequeue(out segment);

    private OpenSegment? Find(DeviceAddress device)
    {
        if (last is not null && last.Device == device) return last;
        return open.TryGetValue(device, out var found) ? last = found : null;
    }

    private OpenSegment Open(DeviceAddress device, in Frame frame)
    {
        if (!spare.TryPop(out var segment)) segment = new OpenSegment();
        segment.Begin(device, frame, clock, options.SnapLength);
        openBytes += segment.HeldBytes;
        segment.Older = newest;
        if (newest is null) oldest = segment;
        else newest.Newer = segment;
        newest = last = segment;
        open.Add(device, segment);
        return segment;
    }

    private void Close(OpenSegment segment)
    {
        if (segment.Older is null) oldest = segment.Newer;
        else segment.Older.Newer = segment.Newer;
        if (segment.Newer is null) newest = segment.Older;
        else segment.Newer.Older = segment.Older;
        if (ReferenceEquals(last, segment)) last = null;
        open.Remove(segment.Device);
        openBytes -= segment.HeldBytes;
        closed.Enqueue(segment.ToSegment(new TrafficPosition(topic, partition, nextOffset++)));
        segment.Clear();
        spare.Push(segment);
    }
}
