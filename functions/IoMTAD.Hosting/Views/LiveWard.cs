using IoMTAD.Api.Live;
using IoMTAD.Capture;
using IoMTAD.Hosting.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Hosting.Views;

/// <summary>The ward as it is now, for the live table and the page: scores as they come, everything else from the record.</summary>
public sealed class LiveWard(DeviceInventory inventory) : ILiveWard
{
    private const int RecentIncidents = 50, PageSize = 1000;
    private static readonly TimeSpan ActiveFor = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> devices = new(StringComparer.Ordinal);

    /// <summary>Device of each open incident.</summary>
    private readonly Dictionary<string, string> deviceOf = new(StringComparer.Ordinal);
    private readonly int[] open = new int[Enum.GetValues<Severity>().Length];
    private readonly LinkedList<Incident> recent = new();
    private StandingDecisions standing = StandingDecisions.None;
    private ScoreHistogram scores = new();
    private TrafficProcessor? processor;
    private double threshold;
    private long packets;
    private DateTimeOffset? clock;

    /// <summary>What is going on, in a few words.</summary>
    public string Activity { get; set; } = "";

    /// <summary>Traffic time; null before the first segment.</summary>
    public DateTimeOffset? Clock
    {
        get
        {
            lock (gate) return clock;
        }
    }

    /// <summary>Incidents of this watch, the latest first.</summary>
    public IReadOnlyList<Incident> Recent
    {
        get
        {
            lock (gate) return [.. recent];
        }
    }

    /// <summary>Another phase begins, or the first: packets and scores are counted from here on.</summary>
    public void Begin(string activity, double scoreThreshold, TrafficProcessor by)
    {
        lock (gate) (Activity, threshold, processor, packets, scores) = (activity, scoreThreshold, by, 0, new ScoreHistogram());
    }

    /// <summary>Shows what is on record.</summary>
    public async Task RestoreAsync(IReadModels reads, CancellationToken cancellation)
    {
        var at = await reads.TrafficClockAsync(cancellation);
        var query = new DeviceQuery { Limit = PageSize };
        do
        {
            var page = await reads.DevicesAsync(query, cancellation);
            lock (gate)
                foreach (var health in page.Items.Where(h => h.Device.IsKnown || h.OpenIncidents.Count > 0)) Replace(Of(health.Device), health);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        lock (gate) clock = at;
    }

    /// <summary>People have decided anew.</summary>
    public void Decided(StandingDecisions decisions)
    {
        lock (gate) standing = decisions;
    }

    /// <summary>For the feed: what was committed.</summary>
    public Task OnCommittedAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellation)
    {
        lock (gate)
            foreach (var stored in events) Apply(stored);
        return Task.CompletedTask;
    }

    /// <summary>Others have heard these devices: when each was heard last, by address, in nanoseconds since the Unix epoch.</summary>
    public void Heard(IEnumerable<KeyValuePair<string, long>> lastHeard)
    {
        lock (gate)
        {
            foreach (var (address, nanoseconds) in lastHeard)
            {
                var (device, seen) = (inventory.Find(address), TrafficTime.ToDate(nanoseconds));
                if (clock is null || seen > clock) clock = seen;
                if (!device.IsKnown && !devices.ContainsKey(device.Id)) continue;
                var entry = Of(device);
                if (entry.LastSeen is null || seen > entry.LastSeen) entry.LastSeen = seen;
            }
            ForgetStrangers();
        }
    }

    public void Observe(PipelineResult result)
    {
        lock (gate)
        {
            ForgetStrangers();
            foreach (var outcome in result.Outcomes)
            {
                packets += outcome.Summary.Frames;
                var seen = TrafficTime.ToDate(outcome.Summary.LastNanoseconds);
                if (clock is null || seen > clock) clock = seen;
                var entry = Of(inventory.Find(outcome.Segment.Device));
                (entry.LastSeen, entry.Score, entry.IsStrange) = (seen, outcome.Score?.Score, outcome.IsStrange);
                entry.Packets += outcome.Summary.Frames;
                if (outcome.Score is { } score) scores.Add(score.Score, outcome.IsStrange);
            }
        }
    }

    public WardSnapshot Snapshot()
    {
        lock (gate)
        {
            var rate = processor?.Busy.Elapsed is { Ticks: > 0 } busy ? packets / busy.TotalSeconds : 0;
            return new WardSnapshot(clock, Activity, processor is not null, threshold, packets, rate, processor?.Gaps ?? 0,
                Enum.GetValues<Severity>().ToDictionary(s => s, s => open[(int)s]),
                [.. devices.Values.Select(State).OrderBy(d => d.Id, StringComparer.Ordinal)], scores.Summarize(threshold));
        }
    }

    private Entry Of(InventoryDevice device)
    {
        if (!devices.TryGetValue(device.Id, out var entry)) devices[device.Id] = entry = new Entry(device);
        return entry;
    }

    private DeviceState State(Entry e)
    {
        var quiet = clock is { } now ? standing.Quiet(e.Device, TrafficTime.FromDate(now))?.Until : null;
        return new DeviceState(e.Device, Condition(e), e.Score, threshold, e.LastSeen, e.Packets, e.Health?.OpenIncidents.Count ?? 0,
            e.Health?.Incidents ?? 0, e.Health?.Worst, quiet, e.Health?.SilenceLimitSeconds);
    }

    /// <remarks>Of a device that others listen to only its rhythm is known here, and no score.</remarks>
    private DeviceCondition Condition(Entry e) => e switch
    {
        { Health.IsSilent: true } => DeviceCondition.Silent,
        { Health.OpenIncidents.Count: > 0, LastAnomaly: { } last } when clock - last < ActiveFor => DeviceCondition.Incident,
        { LastSeen: null } => DeviceCondition.Unheard,
        { IsStrange: true } => DeviceCondition.Strange,
        { Score: null, Packets: 0, Health.SilenceLimitSeconds: not null } => DeviceCondition.Normal,
        { Score: null } => DeviceCondition.Learning,
        _ => DeviceCondition.Normal,
    };

    /// <summary>A flood with made-up senders must fill neither the screen nor the memory.</summary>
    private void ForgetStrangers()
    {
        foreach (var (id, e) in devices)
            if (!e.Device.IsKnown && clock - e.LastSeen > ActiveFor && e.Health is not { OpenIncidents.Count: > 0 }) devices.Remove(id);
    }

    private void Apply(StoredEvent stored)
    {
        if (stored.Event is not { } known) return;
        if (new DeviceHealthView().KeyOf(stored) is { } id && (devices.GetValueOrDefault(id)?.Device ?? DeviceOf(known)) is { } device)
        {
            var entry = Of(device);
            Replace(entry, DeviceHealth.Apply(entry.Health, known, stored.OccurredAt));
        }
        switch (known)
        {
            case IncidentOpened e:
                devices[e.Device.Id].LastAnomaly = stored.OccurredAt;
                Remember(Incident.Apply(null, e, stored.OccurredAt)!);
                break;
            case AnomalyObserved e when deviceOf.TryGetValue(e.IncidentId, out var of):
                devices[of].LastAnomaly = stored.OccurredAt;
                if (recent.FirstOrDefault(i => i.Id == e.IncidentId) is { } shown) Remember(Incident.Apply(shown, e, stored.OccurredAt)!);
                break;
        }
    }

    private static InventoryDevice? DeviceOf(DomainEvent e) => e switch
    {
        Policy.Devices.DeviceDiscovered d => d.Device,
        Policy.Devices.BaselineLearned d => d.Device,
        Policy.Devices.DeviceWentSilent d => d.Device,
        IncidentOpened d => d.Device,
        _ => null,
    };

    private void Replace(Entry entry, DeviceHealth? health)
    {
        foreach (var (incident, severity) in entry.Health?.OpenIncidents ?? new Dictionary<string, Severity>())
        {
            open[(int)severity]--;
            deviceOf.Remove(incident);
        }
        entry.Health = health;
        foreach (var (incident, severity) in health?.OpenIncidents ?? new Dictionary<string, Severity>())
        {
            open[(int)severity]++;
            deviceOf[incident] = entry.Device.Id;
        }
    }

    private void Remember(Incident incident)
    {
        if (recent.FirstOrDefault(i => i.Id == incident.Id) is { } before) recent.Find(before)!.Value = incident;
        else recent.AddFirst(incident);
        if (recent.Count > RecentIncidents) recent.RemoveLast();
    }

    private sealed class Entry(InventoryDevice device)
    {
        public InventoryDevice Device { get; } = device;
        public DateTimeOffset? LastSeen { get; set; }
        public DateTimeOffset? LastAnomaly { get; set; }
        public double? Score { get; set; }
        public bool IsStrange { get; set; }
        public long Packets { get; set; }
        public DeviceHealth? Health { get; set; }
    }
}
