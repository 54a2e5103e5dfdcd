using IoMTAD.Capture;

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
    // Entries may be stale: a device that has talked since is put back with its new deadline.
    private readonly PriorityQueue<string, (long Deadline, string Address)> deadlines = new();
    private readonly HashSet<string> awaited = [];
    private long clock;

    public DetectionPolicy(PolicyOptions options, DeviceInventory inventory, ModelIdentity model, IEnumerable<DeviceWatch> restored)
    {
        (this.options, this.inventory, this.model) = (options, inventory, model);
        foreach (var watch in restored)
        {
            watches[watch.Address] = (inventory.Find(watch.Address), watch);
            clock = Math.Max(clock, watch.LastSeen);
            Await(watch);
        }
    }

    public void Observe(in SegmentObservation observation, ISegmentContent content, ICollection<Decision> decisions)
    {
        AdvanceClock(observation.LastNanoseconds, observation.Position, decisions);
        var known = watches.TryGetValue(observation.Address, out var entry);
        var device = known ? entry.Device : inventory.Find(observation.Address);
        var watch = RhythmRules.Heard(known ? entry.Watch : null, device, observation, content, options, decisions);
        Keep(device, BehaviourRules.Decide(watch, device, observation, model, options, content, decisions));
    }

    /// <summary>Reports the devices whose deadline has passed. Hosts call it too when no traffic at all arrives.</summary>
    public void AdvanceClock(long now, TrafficPosition position, ICollection<Decision> decisions)
    {
        clock = Math.Max(clock, now);
        while (deadlines.TryPeek(out var address, out var due) && due.Deadline <= clock)
        {
            deadlines.Dequeue();
            awaited.Remove(address);
            var (device, watch) = watches[address];
            if (watch.SilenceDeadline is { } deadline && deadline <= clock)
                Keep(device, RhythmRules.WentSilent(watch, device, position, options, decisions));
            else
                Await(watch);
        }
    }

    /// <summary>The watches that changed since the last call: they belong into the transaction that stores the decisions.</summary>
    public IReadOnlyList<DeviceWatch> TakeChanges()
    {
        var changes = changed.Select(address => watches[address].Watch).ToArray();
        changed.Clear();
        return changes;
    }

    private void Keep(InventoryDevice device, DeviceWatch watch)
    {
        watches[watch.Address] = (device, watch);
        changed.Add(watch.Address);
        Await(watch);
    }

    private void Await(DeviceWatch watch)
    {
        if (watch.SilenceDeadline is { } deadline && awaited.Add(watch.Address))
            deadlines.Enqueue(watch.Address, (deadline, watch.Address));
    }
}
