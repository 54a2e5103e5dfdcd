using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;

namespace IoMTAD.Core.Tests.Policy.Notifications;

public sealed class NotificationRouteTests
{
    private static readonly InventoryDevice Pump = new("02:00:00:00:00:02", "pump-01", "infusion-pump", "icu-1");
    private static readonly DateTimeOffset Noon = new(2026, 1, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_channel_hears_of_what_some_route_lets_through_and_once_only()
    {
        NotificationRoute[] routes =
        [
            new(["all"]), new(["high", "all"]) { MinimumSeverity = Severity.High }, new(["critical"]) { MinimumSeverity = Severity.Critical },
            new(["icu"]) { Wards = ["icu-1"] }, new(["surgery"]) { Wards = ["surgery"] }, new(["silence"]) { Kinds = [IncidentKind.Silence] },
            new(["day"]) { Hours = Hours(8, 20) }, new(["night"]) { Hours = Hours(20, 8) },
        ];
        Assert.Equal(["all", "high", "icu", "day"],
            NotificationRoute.ChannelsFor(routes, Pump, IncidentKind.Behaviour, Severity.High, Noon));
        Assert.Equal(["all", "icu", "silence", "night"],
            NotificationRoute.ChannelsFor(routes, Pump, IncidentKind.Silence, Severity.Low, Noon.AddHours(10)));
    }

    [Fact]
    public void A_channel_that_hears_of_critical_incidents_only_is_told_when_an_incident_becomes_critical()
    {
        var scenario = new PolicyScenario(new PolicyOptions
        {
            LearningTime = TimeSpan.FromMinutes(2),
            Routes = [new NotificationRoute(["mail"]), new NotificationRoute(["sms"]) { MinimumSeverity = Severity.Critical }],
        }).Calm(0, 300, PolicyScenario.InfusionPump).Strange(300, 400, PolicyScenario.InfusionPump);

        var told = scenario.Events.OfType<NotificationRequested>().ToList();
        Assert.Equal(["mail", "sms"], told.Select(n => n.Channel));
        Assert.Equal([Severity.High, Severity.Critical], told.Select(n => n.Severity));
        Assert.All(told, n => Assert.Equal(told[0].Since, n.Since));
    }

    [Fact]
    public void Ten_thousand_anomalies_of_fifty_devices_in_a_minute_come_to_one_message_per_incident_and_channel()
    {
        var inventory = new DeviceInventory(
            Enumerable.Range(1, 50).Select(i => new InventoryDevice($"02:00:00:00:01:{i:x2}", $"pump-{i}", "infusion-pump", "icu-1")));
        var policy = new DetectionPolicy(new PolicyOptions { Channels = ["mail", "slack"] }, inventory, new ModelIdentity("m@1", "window-v1"), []);
        List<Decision> decisions = [];
        var addresses = inventory.Devices.Select(d => d.Address).ToList();
        for (var i = 0; i < 10_000; i++)
        {
            var at = 6_000_000L * i;
            policy.Observe(new SegmentObservation(addresses[i % 50], new TrafficPosition("t", 0, i), at, at, 4, new(20, 1e-5f), 10), new Silent(), decisions);
        }
        var opened = decisions.Select(d => d.Event).OfType<IncidentOpened>().ToList();
        var requests = decisions.Select(d => d.Event).OfType<NotificationRequested>().ToList();
        Assert.Equal(50, opened.Count);
        Assert.Equal(100, requests.Count);
        Assert.Equal(100, requests.Select(r => (r.IncidentId, r.Purpose, r.Channel)).Distinct().Count());
        Assert.Equal(100, requests.Select(r => r.NotificationId).Distinct().Count());
    }

    private static WeeklyHours Hours(int from, int to) =>
        new(new TimeOnly(from, 0), new TimeOnly(to, 0), Enum.GetValues<DayOfWeek>().ToHashSet(), TimeZoneInfo.Utc);

    private sealed class Silent : ISegmentContent
    {
        public int Features => 1;

        public void AddMeansTo(Span<double> sums)
        {
            // Nothing is learned here.
        }

        public AnomalyExplanation Explain(ReadOnlySpan<float> normal) => new([], null);

        public IReadOnlyList<string> Peers() => [];

        public string Keep() => "digest";
    }
}
