using IoMTAD.Policy.Devices;
using IoMTAD.Policy.Incidents;
using static IoMTAD.Core.Tests.Policy.PolicyScenario;

namespace IoMTAD.Core.Tests.Policy;

public sealed class RhythmRulesTests
{
    [Fact]
    public void A_device_is_discovered_once_and_its_rhythm_learned_after_two_minutes()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor);
        Assert.Single(story.Events.OfType<DeviceDiscovered>());
        var learned = Assert.Single(story.Events.OfType<BaselineLearned>());
        Assert.Equal((3.5, 4, 16), (learned.SilenceLimitSeconds, learned.TypicalRate, learned.RateLimit));
        Assert.Equal([0, 0.5f], learned.Normal);
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

    [Fact]
    public void A_pump_that_chatters_at_twenty_times_its_rate_is_an_incident_although_the_model_finds_nothing()
    {
        var story = new PolicyScenario().Calm(1, 200, InfusionPump);
        for (var second = 200; second < 203; second++) story.At(second, InfusionPump, frames: 80);

        Assert.Single(story.Events.OfType<IncidentOpened>());
        var observed = Assert.Single(story.Events.OfType<AnomalyObserved>());
        Assert.Equal((80, 4), (observed.Features[0].Observed, observed.Features[0].Expected));
    }

    [Fact]
    public void A_burst_of_one_second_is_none() =>
        Assert.Empty(new PolicyScenario().Calm(1, 200, InfusionPump).At(200, InfusionPump, frames: 90).Calm(201, 210, InfusionPump)
            .Events.OfType<IncidentOpened>());

    [Fact]
    public void Pauses_that_grow_are_learned_but_not_beyond_four_times_the_first_limit()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor);
        var (second, pause) = (200.0, 1.0);
        while (!story.Events.OfType<DeviceWentSilent>().Any() && pause < 60)
        {
            story.At(second += pause, BedsideMonitor);
            pause *= 1.5;
        }
        Assert.Equal(4 * 3.5, Assert.Single(story.Events.OfType<DeviceWentSilent>()).SilenceLimitSeconds);
    }

    [Fact]
    public void A_stranger_is_recorded_when_it_stays_and_forgotten_ten_minutes_after_it_has_gone()
    {
        const string passing = "02:00:00:00:99:01", staying = "02:00:00:00:99:02";
        var story = new PolicyScenario().At(1, passing).Calm(2, 5, staying);
        Assert.Equal([staying], story.Events.OfType<DeviceDiscovered>().Select(e => e.Device.Address));

        story.Policy.TakeChanges();
        story.Calm(5, 610, InfusionPump);
        var (watches, forgotten) = story.Policy.TakeChanges();
        Assert.Equal([passing, staying], forgotten.Order());
        Assert.Equal([InfusionPump], watches.Select(w => w.Address));
    }

    [Fact]
    public void One_time_stamp_from_the_far_future_silences_nobody()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor, InfusionPump)
            .At(4e9, InfusionPump).Calm(200, 260, BedsideMonitor, InfusionPump);
        Assert.Empty(story.Events.OfType<DeviceWentSilent>());
        Assert.All(story.Decisions, d => Assert.InRange(d.OccurredNanoseconds / 1e9, 0, 260));
    }

    [Fact]
    public void A_clock_that_was_set_for_all_is_believed_soon_and_silence_is_found_again()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor, InfusionPump);
        story.Calm(1_000_000, 1_000_060, BedsideMonitor, InfusionPump).Calm(1_000_060, 1_000_080, InfusionPump);
        Assert.Equal("monitor-01", Assert.Single(story.Events.OfType<DeviceWentSilent>()).Device.Id);
    }

    [Fact]
    public void A_capture_that_paused_is_nobodys_silence()
    {
        var story = new PolicyScenario().Calm(1, 200, BedsideMonitor, InfusionPump).Calm(4000, 4060, BedsideMonitor, InfusionPump);
        Assert.Empty(story.Events.OfType<DeviceWentSilent>());
    }
}
