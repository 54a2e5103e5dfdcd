using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using static IoMTAD.Core.Tests.Policy.PolicyScenario;

namespace IoMTAD.Core.Tests.Policy;

public sealed class SuppressionTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_muted_device_opens_incidents_that_nobody_is_told_of()
    {
        var story = new PolicyScenario().Decided(Mute("pump-01", untilSecond: 600)).Strange(1, 10, InfusionPump);

        Assert.Equal("s1", Assert.Single(story.Events.OfType<IncidentOpened>()).SuppressedBy);
        Assert.Empty(story.Events.OfType<NotificationRequested>());
    }

    [Fact]
    public void A_mute_of_one_device_leaves_the_others_alone()
    {
        var story = new PolicyScenario().Decided(Mute("pump-01", untilSecond: 600)).Strange(1, 10, BedsideMonitor);
        Assert.Equal("monitor-01", Assert.Single(story.Events.OfType<NotificationRequested>()).Device?.Id);
    }

    [Fact]
    public void An_incident_that_outlasts_its_mute_is_told_once()
    {
        var story = new PolicyScenario().Decided(Mute("pump-01", untilSecond: 30)).Strange(1, 60, InfusionPump);

        Assert.Single(story.Events.OfType<IncidentOpened>());
        var told = Assert.Single(story.Decisions, d => d.Event is NotificationRequested);
        Assert.InRange(told.OccurredNanoseconds / 1e9, 30, 32);
    }

    [Fact]
    public void A_maintenance_window_of_a_ward_quiets_its_devices_while_it_lasts()
    {
        var window = Suppression.Apply(null, new MaintenanceScheduled("s1", null, "icu-1", Start.AddSeconds(100), Start.AddSeconds(200), "anna"), Start)!;
        var story = new PolicyScenario().Decided(window).Strange(1, 5, BedsideMonitor).Strange(101, 105, InfusionPump);
        Assert.Equal("monitor-01", Assert.Single(story.Events.OfType<NotificationRequested>()).Device?.Id);
    }

    [Fact]
    public void A_device_that_falls_silent_under_a_mute_and_stays_silent_is_told_of_when_the_mute_ends()
    {
        var story = new PolicyScenario().Calm(0, 150, BedsideMonitor, InfusionPump).Decided(Mute("pump-01", untilSecond: 300));
        story.Calm(150, 299, BedsideMonitor);
        Assert.Equal(IncidentKind.Silence, Assert.Single(story.Events.OfType<IncidentOpened>()).Kind);
        Assert.Empty(story.Events.OfType<NotificationRequested>());

        story.Calm(299, 320, BedsideMonitor);
        Assert.Equal("pump-01", Assert.Single(story.Events.OfType<NotificationRequested>()).Device?.Id);
    }

    [Fact]
    public void A_revoked_mute_tells_of_the_silence_at_once()
    {
        var story = new PolicyScenario().Calm(0, 150, BedsideMonitor, InfusionPump).Decided(Mute("pump-01", untilSecond: 3000));
        story.Calm(150, 200, BedsideMonitor).Decided().Calm(200, 202, BedsideMonitor);
        Assert.Equal("pump-01", Assert.Single(story.Events.OfType<NotificationRequested>()).Device?.Id);
    }

    [Fact]
    public void Learned_traffic_opens_no_incident_and_leaves_a_trace_every_ten_minutes()
    {
        var story = new PolicyScenario().Decided(Learned("pump-01", 0, 1)).Strange(1, 700, InfusionPump);

        Assert.Empty(story.Events.OfType<IncidentOpened>());
        var traces = story.Events.OfType<AnomalyAllowed>().ToList();
        Assert.Equal([1, 600], traces.Select(t => t.Segments));
        Assert.All(traces, t => Assert.Equal(("s1", "pump-01"), (t.SuppressionId, t.DeviceId)));
    }

    [Fact]
    public void The_same_traffic_of_another_device_still_opens_one()
    {
        var story = new PolicyScenario().Decided(Learned("pump-01", 0, 1)).Strange(1, 10, BedsideMonitor);
        Assert.Single(story.Events.OfType<IncidentOpened>());
    }

    [Theory]
    [InlineData(0.6f, 1f, 100, 100)]
    [InlineData(0f, 0.4f, 100, 100)]
    [InlineData(0f, 1f, 19, 100)]
    [InlineData(0f, 1f, 100, 3)]
    public void Traffic_outside_what_was_learned_stays_strange(float low, float high, double score, double rate)
    {
        var story = new PolicyScenario().Decided(Learned("pump-01", low, high, score, rate)).Strange(1, 10, InfusionPump);
        Assert.Single(story.Events.OfType<IncidentOpened>());
    }

    [Fact]
    public void What_was_learned_ends_when_its_time_is_over()
    {
        var story = new PolicyScenario().Decided(Learned("pump-01", 0, 1)).Strange(100_001, 100_010, InfusionPump);
        Assert.Single(story.Events.OfType<IncidentOpened>());
    }

    [Fact]
    public void A_learned_silence_lets_the_device_pause_that_long_and_no_longer()
    {
        var behaviour = new LearnedBehaviour("", [], [], 0, 0, 0) { SilenceLimitSeconds = 60 };
        var learned = Suppression.Apply(null, new BehaviourLearned("s1", "pump-01", "i1", behaviour, Start, Start.AddDays(1), "anna"), Start)!;
        var story = new PolicyScenario().Calm(0, 150, BedsideMonitor, InfusionPump).Decided(learned);
        story.Calm(150, 200, BedsideMonitor);
        Assert.Empty(story.Events.OfType<IncidentOpened>());

        story.Calm(200, 215, BedsideMonitor);
        Assert.Equal("pump-01", Assert.Single(story.Events.OfType<IncidentOpened>()).Device.Id);
    }

    [Theory]
    [InlineData("pump-01", null, "packet_rate", null, null, false)]
    [InlineData(null, "icu-1", "packet_rate", "SYN flood", null, false)]
    [InlineData(null, null, null, null, "10.0.0.9", false)]
    [InlineData("monitor-01", null, "packet_rate", null, null, true)]
    [InlineData(null, null, "gap_mean", null, null, true)]
    [InlineData(null, null, null, "port scan", null, true)]
    [InlineData(null, null, null, null, "10.0.0.1", true)]
    [InlineData("pump-01", null, null, null, null, true)]
    public void An_allow_rule_lets_pass_what_fits_all_that_it_names(string? device, string? ward, string? feature, string? name, string? peer, bool opens)
    {
        var added = new AllowRuleAdded("s1", new AllowRule(device, ward, feature, name, peer), Start, Start.AddDays(1), "anna");
        var story = new PolicyScenario().Decided(Suppression.Apply(null, added, Start)!).Strange(1, 10, InfusionPump);
        Assert.Equal(opens ? 1 : 0, story.Events.OfType<IncidentOpened>().Count());
        Assert.Equal(opens ? 0 : 1, story.Events.OfType<AnomalyAllowed>().Count());
    }

    [Fact]
    public void A_closed_incident_that_is_seen_again_opens_another_after_three_more_strange_segments()
    {
        var story = new PolicyScenario().Strange(1, 10, InfusionPump);
        var first = Assert.Single(story.Events.OfType<IncidentOpened>()).IncidentId;

        story.Closed(first).Strange(10, 12, InfusionPump);
        Assert.Single(story.Events.OfType<IncidentOpened>());

        story.Strange(12, 14, InfusionPump);
        Assert.Equal(first, story.Events.OfType<IncidentOpened>().Last().PreviousIncidentId);
        Assert.Equal(2, story.Events.OfType<IncidentOpened>().Count());
    }

    [Fact]
    public void Anomalies_of_a_reopened_incident_gather_in_the_new_one()
    {
        var story = new PolicyScenario().Strange(1, 10, InfusionPump);
        var first = Assert.Single(story.Events.OfType<IncidentOpened>()).IncidentId;

        story.Closed(first, reopenedAs: "again").Strange(10, 15, InfusionPump);

        Assert.Single(story.Events.OfType<IncidentOpened>());
        Assert.Equal("again", story.Events.OfType<AnomalyObserved>().Last().IncidentId);
    }

    [Fact]
    public void A_silence_that_a_person_has_closed_is_not_closed_again_when_the_device_talks()
    {
        var story = new PolicyScenario().Calm(0, 150, BedsideMonitor, InfusionPump).Calm(150, 170, BedsideMonitor);
        story.Closed(Assert.Single(story.Events.OfType<IncidentOpened>()).IncidentId).At(171, InfusionPump);
        Assert.Empty(story.Events.OfType<IncidentClosed>());
    }

    private static Suppression Mute(string device, int untilSecond) =>
        Suppression.Apply(null, new DeviceMuted("s1", device, Start, Start.AddSeconds(untilSecond), "anna"), Start)!;

    private static Suppression Learned(string device, float low, float high, double score = 100, double rate = 100) => Suppression.Apply(null,
        new BehaviourLearned("s1", device, "i1", new LearnedBehaviour("window-v1", [low - 1, low], [1, high], score, rate, 3), Start, Start.AddDays(1), "anna"),
        Start)!;
}
