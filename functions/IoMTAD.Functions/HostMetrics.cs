using System.Diagnostics.Metrics;
using IoMTAD.Api.Desks;
using IoMTAD.Functions.Capture;

namespace IoMTAD.Functions;

/// <summary>This instance in figures, for OpenTelemetry; the alert rules in <c>infra</c> read them. Names are the embedded host's
/// where it has them too.</summary>
public sealed class HostMetrics : IDisposable
{
    private readonly Meter meter = new("IoMTAD");
    private readonly Counter<long> packets, segments, strange, gaps, events;
    private readonly Histogram<double> seconds;
    private readonly Gauge<int> notifications;

    public HostMetrics()
    {
        packets = meter.CreateCounter<long>("iomtad.traffic.packets", "{packet}", "Packets of stored batches");
        segments = meter.CreateCounter<long>("iomtad.traffic.segments", "{segment}", "Segments of stored batches");
        strange = meter.CreateCounter<long>("iomtad.traffic.segments.strange", "{segment}", "Of those, the strange ones");
        gaps = meter.CreateCounter<long>("iomtad.traffic.gaps", "{record}", "Records of the traffic that were skipped");
        events = meter.CreateCounter<long>("iomtad.events", "{event}", "Events appended with batches");
        seconds = meter.CreateHistogram<double>("iomtad.batch.duration", "s", "From a batch's arrival to its commit");
        notifications = meter.CreateGauge<int>("iomtad.notifications", "{notification}", "Messages that wait, and those given up");
    }

    public void Count(StoredBatch batch)
    {
        packets.Add(batch.Result.Outcomes.Sum(o => (long)o.Summary.Frames));
        segments.Add(batch.Result.Outcomes.Count);
        strange.Add(batch.Result.Outcomes.Count(o => o.IsStrange));
        gaps.Add(batch.Gaps);
        events.Add(batch.Committed.Appended.Count);
        seconds.Record(batch.Took.TotalSeconds);
    }

    public void Count(NotificationFigures figures)
    {
        notifications.Record(figures.Waiting, new KeyValuePair<string, object?>("state", "waiting"));
        notifications.Record(figures.Failed, new KeyValuePair<string, object?>("state", "failed"));
    }

    public void Dispose() => meter.Dispose();
}
