using System.Diagnostics;
using IoMTAD.Capture;
using IoMTAD.Local.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;

namespace IoMTAD.Local.Views;

/// <param name="Score">Of the last segment; null while learning.</param>
/// <param name="State">unheard, learning, normal, strange, incident or silent.</param>
public sealed record LiveDevice(InventoryDevice Device, DateTimeOffset LastSeen, double? Score, long Packets, string State);

/// <param name="Clock">Traffic time.</param>
/// <param name="PacketsPerSecond">Packets per second of time that the pipeline was at work.</param>
public sealed record LiveSnapshot(
    DateTimeOffset Clock, double Threshold, long Packets, double PacketsPerSecond, string Activity, IReadOnlyList<LiveDevice> Devices,
    IReadOnlyList<Incident> Incidents);

/// <summary>The ward as it is now, for the live table and the page: kept in memory, from what was stored.</summary>
public sealed class LiveWard(DeviceInventory inventory)
{
    private const int RecentIncidents = 50, IncidentsKept = 500;
    private static readonly TimeSpan ActiveFor = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveDevice> devices = [];
    private readonly Dictionary<string, Incident> incidents = [];
    private readonly HashSet<string> silent = [];
    private Stopwatch busy = new();
    private double threshold;
    private long packets;
    private DateTimeOffset clock;

    /// <summary>What is going on, in a few words.</summary>
    public string Activity { get; set; } = "";

    /// <summary>Traffic time.</summary>
    public DateTimeOffset Clock
    {
        get
        {
            lock (gate) return clock;
        }
    }

    /// <summary>Another phase begins, or the first: packets are counted from here on.</summary>
    public void Begin(string activity, double scoreThreshold, TrafficProcessor processor)
    {
        lock (gate) (Activity, threshold, busy, packets) = (activity, scoreThreshold, processor.Busy, 0);
    }

    /// <summary>Shows what an earlier run has left in the store.</summary>
    public async Task RestoreAsync(SqliteViews views, CancellationToken cancellation)
    {
        await views.CatchUpAsync(cancellation);
        var known = await views.ReadAsync(new DeviceHealthView(), cancellation);
        var recorded = await views.ReadAsync(new IncidentsView(), cancellation);
        lock (gate)
        {
            foreach (var incident in recorded.OrderByDescending(i => i.OpenedAt).Take(IncidentsKept)) incidents[incident.Id] = incident;
            clock = recorded.Select(i => i.LastSeenAt).Append(clock).Max();
            foreach (var health in known.Where(h => h.Device.IsKnown))
            {
                devices[health.Device.Address] = new(health.Device, health.DiscoveredAt, Score: null, Packets: 0, State: "unheard");
                if (health.IsSilent) silent.Add(health.Device.Id);
            }
        }
    }

    public void Observe(PipelineResult result, CommitResult committed)
    {
        lock (gate)
        {
            foreach (var @event in committed.Appended) Apply(@event);
            ForgetStrangers();
            foreach (var outcome in result.Outcomes)
            {
                packets += outcome.Summary.Frames;
                var seen = TrafficTime.ToDate(outcome.Summary.LastNanoseconds);
                if (seen > clock) clock = seen;
                var before = devices.GetValueOrDefault(outcome.Segment.Device);
                var device = before?.Device ?? inventory.Find(outcome.Segment.Device);
                var score = outcome.Score?.Score;
                var state = score is null ? "learning" : outcome.IsStrange ? "strange" : "normal";
                devices[outcome.Segment.Device] = new(device, seen, score, (before?.Packets ?? 0) + outcome.Summary.Frames, state);
            }
        }
    }

    public LiveSnapshot Snapshot()
    {
        lock (gate)
        {
            var active = incidents.Values.Where(i => i.ClosedAt is null && clock - i.LastSeenAt < ActiveFor).Select(i => i.Device.Id).ToHashSet();
            var rate = busy.Elapsed > TimeSpan.Zero ? packets / busy.Elapsed.TotalSeconds : 0;
            return new LiveSnapshot(clock, threshold, packets, rate, Activity,
                [.. devices.Values.Select(d => d with { State = State(d, active) })
                    .OrderBy(d => !d.Device.IsKnown).ThenBy(d => d.Device.Id, StringComparer.Ordinal)],
                [.. incidents.Values.OrderByDescending(i => i.OpenedAt).Take(RecentIncidents)]);
        }
    }

    /// <summary>A flood with made-up senders must fill neither the screen nor the memory.</summary>
    private void ForgetStrangers()
    {
        foreach (var (address, device) in devices)
            if (!device.Device.IsKnown && clock - device.LastSeen > ActiveFor) devices.Remove(address);
    }

    private string State(LiveDevice device, HashSet<string> active) =>
        silent.Contains(device.Device.Id) ? "silent" : active.Contains(device.Device.Id) ? "incident" : device.State;

    private void Apply(StoredEvent stored)
    {
        switch (stored.Event)
        {
            case DeviceWentSilent e: silent.Add(e.Device.Id); break;
            case DeviceResumed e: silent.Remove(e.Device.Id); break;
        }
        if (new IncidentsView().KeyOf(stored) is { } id && stored.Event is { } known
            && Incident.Apply(incidents.GetValueOrDefault(id), known, stored.OccurredAt) is { } incident)
            incidents[id] = incident;
        if (incidents.Count > IncidentsKept) incidents.Remove(incidents.Values.MinBy(i => i.OpenedAt)!.Id);
    }
}
