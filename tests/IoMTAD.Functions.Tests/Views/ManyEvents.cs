using IoMTAD.Capture;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Models;
using IoMTAD.Policy.Notifications;
using IoMTAD.Policy.Records;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Views;

/// <summary>Commits of events of all sorts, drawn at random, some with names that no inventory should have.</summary>
internal sealed class ManyEvents(int seed)
{
    public static readonly string[] OddNames = ["ward\0", "ward\ufffd", "a\nb", new('w', 5000), "'; --", "Ärzte 🏥", ""];

    private readonly Random random = new(seed);
    private readonly InventoryDevice[] devices =
        [.. Enumerable.Range(0, 12).Select(i => new InventoryDevice($"02:00:00:00:00:{i:x2}", $"device-{i}", "pump", i < 5 ? "icu" : OddNames[i - 5]))];

    private int made;

    public IEnumerable<Commit> Commits(int count) => Enumerable.Range(0, count).Select(_ => Next(1 + random.Next(12)));

    public Commit Next(int events) => new([.. Enumerable.Range(0, events).Select(_ => Next())]);

    private StreamAppend Next()
    {
        var number = made++;
        var (id, device, at) = ($"i{random.Next(1 + (number / 4))}", devices[random.Next(devices.Length)], Story.Noon.AddSeconds(number * 17));
        var name = OddNames[random.Next(OddNames.Length)];
        var incident = Incident.StreamOf(id);
        var (stream, @event) = random.Next(22) switch
        {
            0 => (Device.StreamOf(device), new DeviceDiscovered(device)),
            1 => (Device.StreamOf(device), new BaselineLearned(device, 9, 1, 60, 5, 50, [])),
            2 => (Device.StreamOf(device), new DeviceWentSilent(device, at, 60)),
            3 => (Device.StreamOf(device), (DomainEvent)new DeviceResumed(device, 90)),
            4 or 5 => (Incident.StreamOf($"i{number / 4}"),
                new IncidentOpened($"i{number / 4}", device, (IncidentKind)random.Next(2), (Severity)random.Next(4), name, null)),
            6 => (incident, new IncidentEscalated(id, device.Id, Severity.Low, (Severity)random.Next(4), name)),
            7 => (incident, new IncidentAcknowledged(id, device.Id, "me")),
            8 => (incident, new IncidentClosed(id, device.Id, (Disposition)random.Next(4), "me", name)),
            9 => (incident, new LegalHoldPlaced(id, "me", name)),
            10 => (incident, new NotificationRequested($"n{number / 3}", id, name, Severity.High, device, "text")),
            11 => (incident, new NotificationDelivered($"n{number / 4}", id, name, 1)),
            12 => (incident, new NotificationFailed($"n{number / 4}", id, name, 1, "no line", random.Next(2) == 0)),
            13 => ($"suppression-s{number}", new DeviceMuted($"s{number}", device.Id, at, at.AddHours(1), "me")),
            14 => ($"suppression-s{number}", new MaintenanceScheduled($"s{number}", null, name, at, at.AddHours(1), "me")),
            15 => ($"suppression-s{number}", new AllowRuleAdded($"s{number}", new AllowRule(null, name, name, null, null), at, at.AddHours(1), "me")),
            16 => ("model-gmm", new ModelPromoted("gmm", $"gmm@{number}", null, name)),
            17 => ("access-1", new RecordAccessed("read", name, "all", 5)),
            18 => ("suppression-s0", new AnomalyAllowed("s0", device.Id, 3, 2, new("t", 0, number), 4)),
            _ => (incident, new AnomalyObserved(id, random.NextDouble() * 10, 2, 1e-4, "m@1", "window-v1", Suspected(name),
                [new(name, "", "", 1, 1, 1), new("rate", "", "", 1, 1, 1)], "strange", new("t", 0, number), 1 + random.Next(3))),
        };
        return new StreamAppend(stream, null, [new NewEvent($"e{number}", @event, at)]);
    }

    private SuspectedClass? Suspected(string name) => random.Next(3) == 0 ? null : new(name, null, random.Next(2) == 0 ? null : "T0814");
}
