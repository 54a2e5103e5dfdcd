using System.Diagnostics.Metrics;
using System.Globalization;

namespace IoMTAD.Functions.Capture;

/// <summary>How many records wait in each partition, as the metric <c>iomtad.traffic.lag</c>.</summary>
/// <remarks>The audit runs on one instance at a time: one that has not looked for a while has nothing to say, rather than something old.</remarks>
public sealed class TrafficLag : IDisposable
{
    /// <summary>Three rounds of an audit every five minutes.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    private readonly TimeProvider time;
    private volatile Look last = new([], DateTimeOffset.MinValue);

    public TrafficLag(TimeProvider time)
    {
        this.time = time;
        Meter.CreateObservableGauge("iomtad.traffic.lag", Measure, "{record}", "Records that the consumer group has not committed yet");
    }

    internal Meter Meter { get; } = new("IoMTAD.Traffic");

    public void Observe(IReadOnlyList<GroupOffsets> offsets) => last = new(offsets, time.GetUtcNow());

    public void Dispose() => Meter.Dispose();

    private IEnumerable<Measurement<long>> Measure() => time.GetUtcNow() - last.At > Lasts ? [] : last.Offsets.Select(o =>
        new Measurement<long>(o.Lag, new KeyValuePair<string, object?>("partition", o.Partition.ToString(CultureInfo.InvariantCulture))));

    private sealed record Look(IReadOnlyList<GroupOffsets> Offsets, DateTimeOffset At);
}
