namespace IoMTAD.Features;

/// <summary>Gaps and rates. Only differences of timestamps enter; a stamp that runs backwards counts as no time passed.</summary>
/// <remarks>
/// A rate divides by the time from the packet before the window to the window's last one, so that one packet has a rate too.
/// A window with fewer than ten packets exists only because its segment was cut by time: it is divided by the time up to
/// the cut, or a device that sends two packets in a millisecond and then rests would look like a flood.
/// </remarks>
internal struct TimingFeatures
{
    private const long SegmentNanoseconds = 1_000_000_000;
    private const double SegmentMicroseconds = 1_000_000;
    private const long LongestGapNanoseconds = 3_600_000_000_000;
    private const double ShortestSpanSeconds = 1e-5;
    private const double ShortestSegmentSeconds = 0.1;

    private long segmentStart;
    private long previous;
    private long windowStart;
    private int segmentPackets;
    private int gaps;
    private double sum;
    private double squares;
    private double max;
    private int firstSize;

    public void Add(long timestamp, int size)
    {
        if (segmentPackets++ == 0)
        {
            segmentStart = windowStart = previous = timestamp;
            firstSize = size;
            return;
        }
        var gap = Math.Clamp(timestamp - previous, 0, LongestGapNanoseconds);
        previous += gap;
        var microseconds = gap * 1e-3;
        gaps++;
        sum += microseconds;
        squares += microseconds * microseconds;
        max = Math.Max(max, microseconds);
    }

    public readonly void Write(Span<float> vector, int packets, long bytes)
    {
        WriteGaps(vector);
        var cutByTime = packets < WindowExtractor.WindowLength;
        var end = cutByTime ? Math.Max(previous, segmentStart + SegmentNanoseconds) : previous;
        // In a segment's first full window the first packet marks the start of the time and is not counted within it.
        var opens = segmentPackets == packets && !cutByTime;
        var span = Math.Max((end - windowStart) * 1e-9, ShortestSpanSeconds);
        vector[(int)WindowColumn.PacketRate] = WindowMath.Log1P((opens ? packets - 1 : packets) / span);
        vector[(int)WindowColumn.ByteRate] = WindowMath.Log1P((opens ? bytes - firstSize : bytes) / span);
        vector[(int)WindowColumn.SegmentRate] = WindowMath.Log1P(
            segmentPackets / Math.Max((end - segmentStart) * 1e-9, ShortestSegmentSeconds));
    }

    private readonly void WriteGaps(Span<float> vector)
    {
        // The only packet of its segment: nothing followed it up to the cut.
        var alone = gaps == 0;
        vector[(int)WindowColumn.GapMean] = WindowMath.Log1P(alone ? SegmentMicroseconds : sum / gaps);
        vector[(int)WindowColumn.GapStd] = alone ? 0 : WindowMath.Log1P(WindowMath.Std(sum, squares, gaps));
        vector[(int)WindowColumn.GapMax] = WindowMath.Log1P(alone ? SegmentMicroseconds : max);
    }

    public void BeginWindow()
    {
        windowStart = previous;
        gaps = 0;
        sum = squares = max = 0;
    }
}
