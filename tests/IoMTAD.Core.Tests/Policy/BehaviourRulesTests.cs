using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using static IoMTAD.Core.Tests.Policy.PolicyScenario;

namespace IoMTAD.Core.Tests.Policy;

public sealed class BehaviourRulesTests
{
    [Fact]
    public void Two_strange_segments_of_five_are_no_incident_and_the_third_opens_one()
    {
        var story = new PolicyScenario().At(1, InfusionPump, strange: true).At(2, InfusionPump).At(3, InfusionPump, strange: true);
        Assert.Empty(story.Events.OfType<IncidentOpened>());

        story.At(4, InfusionPump, strange: true);

        var opened = Assert.Single(story.Events.OfType<IncidentOpened>());
        Assert.Equal(("pump-01", IncidentKind.Behaviour, Severity.High), (opened.Device.Id, opened.Kind, opened.Severity));
        Assert.Equal(3, Assert.Single(story.Events.OfType<AnomalyObserved>()).Segments);
        Assert.Equal("console", Assert.Single(story.Events.OfType<NotificationRequested>()).Channel);
    }

    [Fact]
    public void Strange_segments_further_apart_than_the_last_five_do_not_add_up()
    {
        var story = new PolicyScenario().At(1, InfusionPump, strange: true).At(2, InfusionPump, strange: true);
        for (var second = 3; second < 7; second++) story.At(second, InfusionPump);
        story.At(7, InfusionPump, strange: true);
        Assert.Empty(story.Events.OfType<IncidentOpened>());
    }

    [Fact]
    public void A_flood_of_strange_segments_is_one_incident_one_message_and_one_observation_a_second()
    {
        var story = new PolicyScenario();
        for (var i = 0; i < 1000; i++) story.At(1 + i / 100.0, InfusionPump, strange: true);

        Assert.Single(story.Events.OfType<IncidentOpened>());
        Assert.Single(story.Events.OfType<NotificationRequested>());
        var observed = story.Events.OfType<AnomalyObserved>().ToList();
        Assert.Equal(10, observed.Count);
        Assert.InRange(observed.Sum(o => o.Segments), 900, 1000);
    }

    [Fact]
    public void An_anomaly_within_ten_minutes_belongs_to_the_incident_and_a_later_one_opens_another_that_names_it()
    {
        var story = new PolicyScenario();
        for (var second = 1; second <= 3; second++) story.At(second, InfusionPump, strange: true);
        for (var second = 590; second < 593; second++) story.At(second, InfusionPump, strange: true);
        var first = Assert.Single(story.Events.OfType<IncidentOpened>());
        for (var second = 1300; second < 1303; second++) story.At(second, InfusionPump, strange: true);

        var later = story.Events.OfType<IncidentOpened>().Last();
        Assert.NotEqual(first.IncidentId, later.IncidentId);
        Assert.Equal(first.IncidentId, later.PreviousIncidentId);
    }

    [Fact]
    public void A_lone_strange_segment_does_not_keep_an_incident_alive()
    {
        var story = new PolicyScenario();
        for (var second = 1; second <= 3; second++) story.At(second, InfusionPump, strange: true);
        story.Calm(4, 400, InfusionPump).At(400, InfusionPump, strange: true).Calm(401, 700, InfusionPump);
        for (var second = 700; second < 703; second++) story.At(second, InfusionPump, strange: true);
        Assert.Equal(2, story.Events.OfType<IncidentOpened>().Count());
    }

    [Fact]
    public void Devices_do_not_share_their_incidents()
    {
        var story = new PolicyScenario();
        for (var second = 1; second <= 3; second++) story.At(second, InfusionPump, strange: true).At(second, BedsideMonitor, strange: true);
        Assert.Equal(["monitor-01", "pump-01"], story.Events.OfType<IncidentOpened>().Select(o => o.Device.Id).Order());
    }

    [Fact]
    public void An_incident_that_lasts_over_a_minute_is_escalated_once()
    {
        var story = new PolicyScenario();
        for (var second = 1; second <= 120; second++) story.At(second, InfusionPump, strange: true);
        var escalated = Assert.Single(story.Events.OfType<IncidentEscalated>());
        Assert.Equal((Severity.High, Severity.Critical), (escalated.From, escalated.To));
    }

    [Fact]
    public void The_same_segments_give_the_same_event_ids_wherever_the_policy_was_interrupted()
    {
        var whole = new PolicyScenario();
        Tell(whole, 0, 200);

        for (var cut = 1; cut < 200; cut += 7)
        {
            var before = new PolicyScenario();
            Tell(before, 0, cut);
            var after = new PolicyScenario(restored: before.Policy.TakeChanges().Watches, nextOffset: 2 * cut);
            Tell(after, cut, 200);
            Assert.Equal(whole.Decisions.Select(d => (d.Stream, d.Id)), before.Decisions.Concat(after.Decisions).Select(d => (d.Stream, d.Id)));
        }

        // The pump floods from second 140 to 160; the monitor, heard every second, falls silent at 170.
        static void Tell(PolicyScenario story, int from, int to)
        {
            for (var second = from; second < to; second++)
                story.At(second, InfusionPump, strange: second is > 140 and < 160).At(second, second < 170 ? BedsideMonitor : InfusionPump);
        }
    }
}
