using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;

namespace IoMTAD.Local.Tests.Views;

/// <summary>Commits as the pipeline makes them, of a pump that is attacked again and again.</summary>
internal static class Story
{
    public static readonly InventoryDevice Pump = new("02:00:00:00:00:01", "pump-01", "infusion-pump", "icu-1");
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static Commit Discovery { get; } =
        new([new StreamAppend(Device.StreamOf(Pump), null, [new NewEvent("discovered", new DeviceDiscovered(Pump), Noon)])]);

    /// <summary>Opens an incident, observes one anomaly, and asks for a message to <paramref name="channel"/>.</summary>
    public static Commit Incident(int number, string? channel = null)
    {
        var (id, at) = ($"i{number}", Noon.AddSeconds(number));
        List<NewEvent> events =
        [
            new($"{id} opened", new IncidentOpened(id, Pump, IncidentKind.Behaviour, Severity.High, "strange", null), at),
            new($"{id} observed", new AnomalyObserved(id, 9, 2, 1e-4, "m@1", "window-v1", null, [], "strange", new("t", 0, number), 3), at),
        ];
        if (channel is not null) events.Add(new($"{id} told", new NotificationRequested($"{id} told", id, channel, Severity.High, Pump, "strange"), at));
        return new Commit([new StreamAppend(IoMTAD.Policy.Incidents.Incident.StreamOf(id), null, events)]);
    }

    /// <summary>One more anomaly of one of five incidents, with the segment that it was seen in.</summary>
    public static Commit Anomaly(int number)
    {
        var (id, at) = ($"i{number % 5}", Noon.AddSeconds(number));
        var evidence = Evidence.Of(new Segment(Pump.Address, SegmentContent.Pcap, new("t", number % 2, number), new byte[] { 1, 2, 3, (byte)number }, 7));
        var observed = new AnomalyObserved(id, 9, 2, 1e-4, "m@1", "window-v1", null, [], "strange", evidence.Segment.Position, 3)
        {
            SegmentSha256 = evidence.Sha256,
        };
        return new Commit([new StreamAppend(IoMTAD.Policy.Incidents.Incident.StreamOf(id), null, [new NewEvent($"seen {number}", observed, at)])])
        {
            Evidence = [evidence],
        };
    }
}
