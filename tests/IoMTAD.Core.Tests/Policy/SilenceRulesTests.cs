using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using static IoMTAD.Core.Tests.Policy.PolicyScenario;

namespace IoMTAD.Core.Tests.Policy;

public sealed class SilenceRulesTests
{
    [Fact]
    public void A_device_is_discovered_once_and_its_rhythm_learned_after_two_minutes()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor);
        Assert.Single(story.Events.OfType<DeviceDiscovered>());
        var learned = Assert.Single(story.Events.OfType<BaselineLearned>());
        Assert.Equal(3.5, learned.SilenceLimitSeconds);
    }

    [Fact]
    public void A_monitor_that_stops_talking_is_an_incident_within_four_seconds_told_by_the_others_traffic()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor, InfusionPump).Calm(200, 230, InfusionPump);

        var silent = Assert.Single(story.Decisions, d => d.Event is DeviceWentSilent);
        Assert.Equal(199 + 3.5, silent.OccurredNanoseconds / 1e9);
        var opened = Assert.Single(story.Events.OfType<IncidentOpened>());
        Assert.Equal(("monitor-01", IncidentKind.Silence), (opened.Device.Id, opened.Kind));
        Assert.Single(story.Events.OfType<NotificationRequested>());
    }

    [Fact]
    public void A_device_that_talks_again_ends_its_incident_as_a_malfunction()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor, InfusionPump).Calm(200, 230, InfusionPump).Calm(230, 235, BedsideMonitor, InfusionPump);

        Assert.Equal(30.75, Assert.Single(story.Events.OfType<DeviceResumed>()).SilentSeconds, 0.01);
        var closed = Assert.Single(story.Events.OfType<IncidentClosed>());
        Assert.Equal(Disposition.Malfunction, closed.Disposition);
    }

    [Fact]
    public void A_device_that_pauses_by_habit_gets_twice_its_longest_pause()
    {
        var story = new PolicyScenario();
        for (var second = 1; second < 400; second++)
        {
            story.At(second, InfusionPump);
            if (second % 10 == 0) story.At(second, BedsideMonitor);
        }
        story.Calm(400, 408, InfusionPump);
        Assert.Empty(story.Events.OfType<DeviceWentSilent>());

        story.Calm(408, 420, InfusionPump);
        var silent = Assert.Single(story.Events.OfType<DeviceWentSilent>());
        Assert.Equal("monitor-01", silent.Device.Id);
        Assert.Equal(19.5, silent.SilenceLimitSeconds, 0.01);
    }

    [Fact]
    public void A_device_whose_rhythm_is_not_learned_yet_is_never_called_silent()
    {
        var story = new PolicyScenario().Calm(1, 60, BedsideMonitor, InfusionPump).Calm(60, 900, InfusionPump);
        Assert.Empty(story.Events.OfType<DeviceWentSilent>());
    }
}
