using IoMTAD.Capture;
using IoMTAD.Inference;
using IoMTAD.Policy;

namespace IoMTAD.Core.Tests.Policy;

/// <summary>Tells a policy a story of segments, second by second, and keeps what it decided.</summary>
internal sealed class PolicyScenario
{
    public const string BedsideMonitor = "02:00:00:00:00:01";
    public const string InfusionPump = "02:00:00:00:00:02";

    public static readonly DeviceInventory Inventory = new(
    [
        new(BedsideMonitor, "monitor-01", "bedside-monitor", "icu-1"), new(InfusionPump, "pump-01", "infusion-pump", "icu-1"),
    ]);

    private long offset;

    public PolicyScenario(PolicyOptions? options = null, IEnumerable<DeviceWatch>? restored = null, long nextOffset = 0)
    {
        Policy = new DetectionPolicy(
            options ?? new PolicyOptions { Channels = ["console"], LearningTime = TimeSpan.FromMinutes(2) }, Inventory, new ModelIdentity("m@1", "window-v1"), restored ?? []);
        offset = nextOffset;
    }

    public DetectionPolicy Policy { get; }

    public List<Decision> Decisions { get; } = [];

    public IEnumerable<DomainEvent> Events => Decisions.Select(d => d.Event);

    /// <summary>One segment of a quarter second that ends at <paramref name="second"/>.</summary>
    public PolicyScenario At(double second, string address, bool strange = false, int frames = 4)
    {
        var last = DeviceWatch.Nanoseconds(second);
        Policy.Observe(new SegmentObservation(address, new TrafficPosition("t", 0, offset++), last - 250_000_000, last, frames,
            new AnomalyScore(strange ? 20 : 1, strange ? 1e-5f : 0.5f), 10), new NoContent(), Decisions);
        return this;
    }

    /// <summary>A calm segment of each device every second.</summary>
    public PolicyScenario Calm(int fromSecond, int toSecond, params string[] addresses)
    {
        for (var second = fromSecond; second < toSecond; second++)
            foreach (var address in addresses) At(second, address);
        return this;
    }

    private sealed class NoContent : ISegmentContent
    {
        public int Features => 2;

        public void AddMeansTo(Span<double> sums) => sums[1] += 0.5;

        public AnomalyExplanation Explain(ReadOnlySpan<float> normal) => AnomalyExplanation.None;

        public string Keep() => "digest";
    }
}
