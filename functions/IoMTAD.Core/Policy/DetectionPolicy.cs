using IoMTAD.Capture;
using IoMTAD.Policy.Suppressions;

namespace IoMTAD.Policy;

/// <summary>Turns what was observed about one partition's segments, in order, into decisions. Two runs over the same segments decide the same.</summary>
/// <remarks>Time is the traffic's own: a device is silent when the others' frames say that its deadline has passed.</remarks>
public sealed class DetectionPolicy
{
    private readonly PolicyOptions options;
    private readonly DeviceInventory inventory;
    private readonly ModelIdentity model;
    private readonly Dictionary<string, (InventoryDevice Device, DeviceWatch Watch)> watches = [];
    private readonly HashSet<string> changed = [];
    private readonly HashSet<string> forgotten = [];
    // Entries may be stale: what an address is truly awaited at stands in the dictionary.
    private readonly PriorityQueue<string, (long Deadline, string Address)> deadlines = new();
    private readonly Dictionary<string, long> awaited = [];
    private StandingDecisions standing = StandingDecisions.None;
    private long clock;
    private int strays;

    public DetectionPolicy(PolicyOptions options, DeviceInventory inventory, ModelIdentity model, IEnumerable<DeviceWatch> restored)
    {
        (this.options, this.inventory, this.model) = (options, inventory, model);
        foreach (var watch in restored)
        {
            var device = inventory.Find(watch.Address);
            watches[watch.Address] = (device, watch);
            clock = Math.Max(clock, watch.LastSeen);
            Await(device, watch);
        }
    }

    /// <summary>Traffic time as it is believed, nanoseconds since the Unix epoch.</summary>
    public long Clock => clock;

    /// <summary>What people have decided; may be replaced between segments.</summary>
    public StandingDecisions Standing
    {
        get => standing;
        set
        {
            if (ReferenceEquals(standing, value)) return;
            standing = value;
            // A silence that nobody was told of is told at the end of its mute, which may have come nearer.
            foreach (var (device, watch) in watches.Values.Where(w => w.Watch.SilenceUntold)) Await(device, watch);
        }
    }

    /// <returns>Whether the segment is strange and nothing allows it, which alone is no incident yet.</returns>
    public bool Observe(in SegmentObservation observation, ISegmentContent content, ICollection<Decision> decisions)
    {
        var believed = Believe(observation);
        AdvanceClock(believed.Position, decisions);
        var known = watches.TryGetValue(observation.Address, out var entry);
        var device = known ? entry.Device : inventory.Find(observation.Address);
        var watch = RhythmRules.Heard(known ? entry.Watch : null, device, believed, standing, content, options, decisions);
        var strange = BehaviourRules.IsStrange(watch, believed);
        if (strange && AllowanceRules.Find(standing, watch, device, believed, model, content) is { } suppression)
        {
            watch = AllowanceRules.LetPass(suppression, watch, device, believed, model, options, decisions);
            strange = false;
        }
        Keep(device, BehaviourRules.Decide(watch, device, believed, strange, standing, model, options, content, decisions));
        return strange;
    }

    /// <summary>What the inventory says of an address; one that was seen before is not looked up again.</summary>
    public InventoryDevice DeviceOf(string address) => watches.TryGetValue(address, out var seen) ? seen.Device : inventory.Find(address);

    /// <summary>
    /// Moves the clock on to the segment's time. A time stamp far from all others is not believed, and the segment then counts as now;
    /// where many in a row agree on it, it is the clock that was wrong. A stretch without any traffic is nobody's silence: the capture paused.
    /// </summary>
    private SegmentObservation Believe(in SegmentObservation observation)
    {
        var time = observation.LastNanoseconds;
        var distance = watches.Count == 0 ? 0 : Math.Abs(time - clock);
        if (distance <= options.CapturePause.Ticks * 100)
        {
            clock = watches.Count == 0 ? time : Math.Max(clock, time);
            strays = 0;
            return observation;
        }
        var paused = time > clock && distance <= options.LongestPause.Ticks * 100;
        if (!paused && ++strays < options.StraysToBelieve)
            return observation with { FirstNanoseconds = observation.FirstNanoseconds - time + clock, LastNanoseconds = clock };
        strays = 0;
        Restart(time);
        return observation;
    }

    /// <summary>Sets the clock, and with it when each device was last heard.</summary>
    private void Restart(long time)
    {
        clock = time;
        deadlines.Clear();
        awaited.Clear();
        foreach (var (device, watch) in watches.Values.ToArray())
            Keep(device, watch with { FirstSeen = watch.FirstSeen + time - watch.LastSeen, LastSeen = time });
    }

    /// <summary>Reports the devices whose deadline has passed, and forgets strangers that do not come back.</summary>
    private void AdvanceClock(TrafficPosition position, ICollection<Decision> decisions)
    {
        while (deadlines.TryPeek(out var address, out var due) && due.Deadline <= clock)
        {
            deadlines.Dequeue();
            if (!awaited.TryGetValue(address, out var deadline) || deadline != due.Deadline) continue;
            awaited.Remove(address);
            var (device, watch) = watches[address];
            if (Deadline(device, watch) > clock) Await(device, watch);
            else if (watch.SilenceUntold) Keep(device, RhythmRules.TellOfSilence(watch, device, clock, options, decisions));
            else if (watch.SilenceDeadline is null) Forget(address);
            else if (standing.SilenceLimit(device, clock) is { } learned && learned > watch.SilenceLimitSeconds)
                Keep(device, watch with { SilenceLimitSeconds = learned });
            else Keep(device, RhythmRules.WentSilent(watch, device, standing, position, options, decisions));
        }
    }

    /// <summary>What changed since the last call: it belongs into the transaction that stores the decisions.</summary>
    public (IReadOnlyList<DeviceWatch> Watches, IReadOnlyList<string> Forgotten) TakeChanges()
    {
        var changes = (changed.Select(address => watches[address].Watch).ToArray(), forgotten.ToArray());
        changed.Clear();
        forgotten.Clear();
        return changes;
    }

    /// <summary>When the device counts as silent, its untold silence is told, or the stranger counts as gone; null while neither can be said.</summary>
    private long? Deadline(InventoryDevice device, DeviceWatch watch) => watch.SilenceDeadline
        ?? (watch.SilenceUntold ? standing.QuietUntil(device, clock) : default(long?))
        ?? (device.IsKnown || watch.Baseline is not null ? null : watch.LastSeen + options.IncidentWindow.Ticks * 100);

    private void Keep(InventoryDevice device, DeviceWatch watch)
    {
        watches[watch.Address] = (device, watch);
        changed.Add(watch.Address);
        forgotten.Remove(watch.Address);
        Await(device, watch);
    }

    // A flood with made-up senders must not fill the memory, nor the store.
    private void Forget(string address)
    {
        watches.Remove(address);
        changed.Remove(address);
        forgotten.Add(address);
    }

    private void Await(InventoryDevice device, DeviceWatch watch)
    {
        if (Deadline(device, watch) is not { } deadline) return;
        if (awaited.TryGetValue(watch.Address, out var queued) && queued <= deadline) return;
        awaited[watch.Address] = deadline;
        deadlines.Enqueue(watch.Address, (deadline, watch.Address));
    }
}
