using IoMTAD.Capture;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Recording.TimeSeries;

/// <summary>Stored batches as the pipeline makes them.</summary>
internal static class Batches
{
    public const string Stranger = "02:00:00:00:00:99", Payload = "GET /secret";

    private const long Second = 1_000_000_000;

    public static DeviceInventory Inventory { get; } = new([Sample.Pump]);

    /// <param name="milliseconds">Of traffic, since noon.</param>
    public static SegmentOutcome Outcome(long offset, long milliseconds, float score = 0.5f, bool strange = false, string? device = null, int frames = 10)
    {
        var first = TrafficTime.FromDate(Sample.Now) + milliseconds * Second / 1000;
        var content = System.Text.Encoding.UTF8.GetBytes(Payload);
        var segment = new Segment(device ?? Sample.Pump.Address, SegmentContent.Pcap, new("iomt-traffic", 3, offset), content);
        return new(segment, new SegmentSummary(frames, 0, 1, frames * 100, first, first + Second / 2, null), new AnomalyScore(score, 0.5f), strange);
    }

    public static (PipelineResult Result, CommitResult Committed) Of(params SegmentOutcome[] outcomes)
    {
        var events = outcomes.Where(o => o.IsStrange).SelectMany(o => Strange(o)).ToList();
        return (new PipelineResult(new Commit([]), outcomes, []), new CommitResult(events, 1));
    }

    private static IEnumerable<StoredEvent> Strange(SegmentOutcome outcome)
    {
        var (id, at) = ("1b2c3d4e5f60", TrafficTime.ToDate(outcome.Summary.FirstNanoseconds));
        yield return Stored(new IncidentOpened(id, Sample.Pump, IncidentKind.Behaviour, Severity.High, "strange", null), at);
        yield return Stored(new AnomalyObserved(id, outcome.Score!.Value.Score, 2, 1e-4, "m@1", "window-v1", new("SYN flood", 0.9, "T0814"), [], "strange",
            outcome.Segment.Position, 3) { Peers = ["192.0.2.1", "192.0.2.2"] }, at);
    }

    private static StoredEvent Stored(DomainEvent @event, DateTimeOffset at) =>
        new(1, "incident-i", 1, EventTypes.NameOf(@event), EventTypes.NameOf(@event), at, at, EventTypes.Serialize(@event), "", "");
}
