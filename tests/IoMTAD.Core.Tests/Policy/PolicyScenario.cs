using IoMTAD.Capture;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;

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
            options ?? new PolicyOptions { Channels = ["console"], LearningTime = TimeSpan.FromMinutes(2) },
            Inventory, new ModelIdentity("m@1", "window-v1"), restored ?? []);
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

    /// <summary>A strange segment every second.</summary>
    public PolicyScenario Strange(int fromSecond, int toSecond, string address)
    {
        for (var second = fromSecond; second < toSecond; second++) At(second, address, strange: true);
        return this;
    }

    /// <summary>From here on this is what people have decided, and nothing else.</summary>
    public PolicyScenario Decided(params Suppression[] suppressions)
    {
        Policy.Standing = new StandingDecisions(suppressions, new HashSet<string>(), new Dictionary<string, string>());
        return this;
    }

    /// <summary>A person has closed this incident, and perhaps opened it again.</summary>
    public PolicyScenario Closed(string incidentId, string? reopenedAs = null)
    {
        var reopened = new Dictionary<string, string>();
        if (reopenedAs is not null) reopened[incidentId] = reopenedAs;
        Policy.Standing = new StandingDecisions([], new HashSet<string> { incidentId }, reopened);
        return this;
    }

    private sealed class NoContent : ISegmentContent
    {
        public int Features => 2;

        public void AddMeansTo(Span<double> sums) => sums[1] += 0.5;

        public AnomalyExplanation Explain(ReadOnlySpan<float> normal) => new(
            [new ExplainedFeature("packet_rate", "packets per second", "", 90, 4, 0.8), new ExplainedFeature("gap_mean", "gap", "µs", 1, 9, 0.1)],
            new SuspectedClass("SYN flood", null, "T0814"));

        public IReadOnlyList<string> Peers() => ["10.0.0.9"];

        public string Keep() => "digest";
    }
}
