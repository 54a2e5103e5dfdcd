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
    private readonly HashSet<string> forgotten = [];
    // Entries may be stale: what an address is truly awaited at stands in the dictionary.
    private readonly PriorityQueue<string, (long Deadline, string Address)> deadlines = new();
    private readonly Dictionary<string, long> awaited = [];
    private long clock;

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

    public void Observe(in SegmentObservation observation, ISegmentContent content, ICollection<Decision> decisions)
    {
        AdvanceClock(observation.LastNanoseconds, observation.Position, decisions);
        var known = watches.TryGetValue(observation.Address, out var entry);
        var device = known ? entry.Device : inventory.Find(observation.Address);
        var watch = RhythmRules.Heard(known ? entry.Watch : null, device, observation, content, options, decisions);
        Keep(device, BehaviourRules.Decide(watch, device, observation, model, options, content, decisions));
    }

    /// <summary>Reports the devices whose deadline has passed, and forgets strangers that do not come back. Hosts call it too when no traffic at all arrives.</summary>
    public void AdvanceClock(long now, TrafficPosition position, ICollection<Decision> decisions)
    {
        clock = Math.Max(clock, now);
        while (deadlines.TryPeek(out var address, out var due) && due.Deadline <= clock)
        {
            deadlines.Dequeue();
            if (!awaited.TryGetValue(address, out var deadline) || deadline != due.Deadline) continue;
            awaited.Remove(address);
            var (device, watch) = watches[address];
            if (Deadline(device, watch) > clock) Await(device, watch);
            else if (watch.SilenceDeadline is null) Forget(address);
            else Keep(device, RhythmRules.WentSilent(watch, device, position, options, decisions));
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

    /// <summary>When the device counts as silent, or the stranger as gone; null while neither can be said.</summary>
    private long? Deadline(InventoryDevice device, DeviceWatch watch) => watch.SilenceDeadline
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
