using System.Globalization;
using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Benchmarks;

/// <summary>A month of a large hospital's record: ten events per incident, two to twelve of them anomalies, in the order of their time.</summary>
/// <param name="devices">Each is discovered, and a tenth have ten times as many incidents as the others.</param>
internal sealed class SyntheticRecord(int devices, int incidents, int seed = 1)
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Length = TimeSpan.FromDays(30);
    public static readonly string[] Wards = [.. Enumerable.Range(1, 40).Select(i => $"ward-{i:00}")];
    public static readonly string[] Features =
    [
        "packet_rate", "syn_rate", "client_ports", "inter_arrival_mean", "size_mean", "half_open", "service_ports", "peers", "arp_share", "udp_share",
        "mqtt_publishes", "ttl_spread", "dns_share", "http_share", "rst_share", "icmp_share", "payload_mean", "tls_share", "size_spread", "odd_flags",
    ];

    public static readonly (string Name, string Technique)[] Classes =
    [
        ("port scan", "T0846"), ("SYN flood", "T0814"), ("MQTT publish flood", "T0814"), ("ARP spoofing", "T0830"), ("ping sweep", "T0846"),
        ("vulnerability scan", "T0888"), ("UDP flood", "T0814"), ("malformed MQTT", "T0836"),
    ];

    private static readonly string[] Kinds = ["infusion-pump", "patient-monitor", "ventilator", "ecg-wearable", "glucose-meter"];

    private readonly Random random = new(seed);
    private readonly PriorityQueue<NewEvent, (long Time, int Number)> waiting = new();
    private readonly Dictionary<string, string> streams = [];
    private int made, anomalies;

    public static InventoryDevice DeviceOf(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"02:1a:{number >> 24 & 255:x2}:{number >> 16 & 255:x2}:{number >> 8 & 255:x2}:{number & 255:x2}"),
        string.Create(CultureInfo.InvariantCulture, $"device-{number:00000}"), Kinds[number % Kinds.Length], Wards[number % Wards.Length]);

    public static string IncidentOf(int number) => EventId.From($"synthetic {number}")[..12];

    /// <summary>Commits of about a thousand events.</summary>
    public IEnumerable<Commit> Commits()
    {
        List<NewEvent> batch = [];
        for (var i = 0; i < devices; i++)
        {
            var device = DeviceOf(i);
            Add(Device.StreamOf(device), new DeviceDiscovered(device), Begin.AddSeconds(i * .01), batch);
            Add(Device.StreamOf(device), new BaselineLearned(device, 600, 1.5, 6, 4, 40, new float[58]), Begin.AddSeconds(600 + i * .01), batch);
        }
        for (var i = 0; i < incidents; i++)
        {
            var opened = Begin.AddHours(1) + (Length - TimeSpan.FromHours(1)) * ((double)i / incidents);
            while (waiting.TryPeek(out _, out var due) && due.Time <= opened.UtcTicks) batch.Add(waiting.Dequeue());
            Plan(i, opened);
            if (batch.Count >= 1000) yield return Take(batch);
        }
        while (waiting.TryDequeue(out var last, out _)) batch.Add(last);
        yield return Take(batch);
    }

    private void Plan(int number, DateTimeOffset opened)
    {
        var (id, busy) = (IncidentOf(number), random.Next(2) == 0);
        var device = DeviceOf(busy ? random.Next(Math.Max(1, devices / 10)) : random.Next(devices));
        var silence = random.Next(20) == 0;
        var stream = Incident.StreamOf(id);
        var severity = random.Next(3) switch { 0 => Severity.Low, 1 => Severity.Medium, _ => Severity.High };
        var kind = silence ? IncidentKind.Silence : IncidentKind.Behaviour;
        Wait(stream, new IncidentOpened(id, device, kind, severity, $"{device.Id} is strange", null), opened);
        var named = random.Next(4) == 0 ? null : new SuspectedClass(Classes[random.Next(Classes.Length)].Name, random.NextDouble(), null);
        if (named is not null) named = named with { Technique = Classes.Single(c => c.Name == named.Name).Technique };
        var at = opened;
        if (!silence)
            for (var left = 2 + random.Next(11); left > 0; left--, at = at.AddSeconds(1 + random.NextDouble())) Wait(stream, Observed(id, named), at);
        if (random.Next(10) == 0) Wait(stream, new IncidentEscalated(id, device.Id, severity, Severity.Critical, "it goes on"), at);
        Wait(stream, new NotificationRequested($"n {id}", id, "file", severity, device, $"{device.Id} is strange"), opened.AddTicks(1));
        Wait(stream, new NotificationDelivered($"n {id}", id, "file", 1), opened.AddSeconds(1));
        if (random.Next(100) < 97)
            Wait(stream, new IncidentClosed(id, device.Id, (Disposition)random.Next(4), "analyst", ""), opened.AddHours(1 + 8 * random.NextDouble()));
    }

    private AnomalyObserved Observed(string incident, SuspectedClass? suspected)
    {
        var first = random.Next(Features.Length);
        return new(incident, 2 + 8 * random.NextDouble() * random.NextDouble(), 2, 1e-5, "ward@0123456789abcdef", "window-v1", suspected,
            [.. Enumerable.Range(first, 5).Select(i => new ExplainedFeature(
                Features[i % Features.Length], Features[i % Features.Length].Replace('_', ' '), "1/s", 100 * random.NextDouble(), random.NextDouble(), .2))],
            "connection attempts 812.5 1/s, normally 0.4; client ports 10, normally 1.2",
            new TrafficPosition("iomt-traffic", 0, anomalies++), 1 + random.Next(9))
        {
            SegmentSha256 = EventId.From($"segment {anomalies}") + EventId.From($"rest {anomalies}"), Peers = ["10.0.0.1", "10.0.0.2"],
        };
    }

    private void Wait(string stream, DomainEvent @event, DateTimeOffset at)
    {
        var id = EventId.From(string.Create(CultureInfo.InvariantCulture, $"event {made}"));
        streams[id] = stream;
        waiting.Enqueue(new NewEvent(id, @event, at), (at.UtcTicks, made++));
    }

    private void Add(string stream, DomainEvent @event, DateTimeOffset at, List<NewEvent> batch)
    {
        var id = EventId.From(string.Create(CultureInfo.InvariantCulture, $"event {made++}"));
        streams[id] = stream;
        batch.Add(new NewEvent(id, @event, at));
    }

    private Commit Take(List<NewEvent> batch)
    {
        var commit = new Commit([.. batch.Select(e => new StreamAppend(streams[e.Id], null, [e]))]);
        foreach (var @event in batch) streams.Remove(@event.Id);
        batch.Clear();
        return commit;
    }
}
