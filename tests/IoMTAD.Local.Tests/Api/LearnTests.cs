using IoMTAD.Api.Desks;
using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Views;

namespace IoMTAD.Local.Tests.Api;

/// <summary>A real change of behaviour, learned while it goes on: two pumps begin to repeat themselves, one after the other.</summary>
[Trait("Category", "Slow")]
public sealed class LearnTests
{
    private const string First = "pump-02", Second = "pump-03";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_learned_is_quiet_within_a_minute_and_the_same_change_of_another_device_still_opens_an_incident()
    {
        var start = LearnedWard.Learned;
        var ward = new LearnedWard(
            new(LearnedWard.Chattering, start.AddMinutes(1), TimeSpan.FromMinutes(20), Victim: First),
            new(LearnedWard.Chattering, start.AddMinutes(10), TimeSpan.FromMinutes(10), Victim: Second));
        await using var host = await TestHost.StartAsync(inventory: ward.Inventory);
        var open = host.Open;
        var watching = await ward.LearnAsync(open, host.Host);

        await ward.RunAsync(watching, start.AddMinutes(5));
        var incident = Assert.Single((await open.Reads.IncidentsAsync(new IncidentQuery { DeviceId = First }, Cancellation)).Items);
        var desk = new SuppressionDesk(open.Events, open.Reads, new ActClock(open.Reads, TimeProvider.System));
        var preview = (await desk.PreviewLearningAsync(incident.Id, Cancellation)).Value!;
        Assert.Equal([incident.Id], preview.Silences.Silenced);
        Assert.Null((await desk.LearnAsync(incident.Id, TimeSpan.FromDays(1), "anna", Cancellation)).Reason);
        // The decision reaches the policy by the feed.
        host.Host.Feed.Wake();
        while (!watching.Standing.Allowing(incident.Device, TrafficTime.FromDate(start.AddMinutes(5))).Any()) await Task.Yield();

        await ward.RunAsync(watching, start.AddMinutes(20));

        var events = await open.Events.ReadAllAsync(0, Cancellation).ToListAsync(Cancellation);
        var after = events.Where(e => e.OccurredAt > start.AddMinutes(6)).ToList();
        Assert.DoesNotContain(after, e => e.Event is AnomalyObserved observed && observed.IncidentId == incident.Id);
        Assert.DoesNotContain(after, e => e.Event is IncidentOpened { Device.Id: First });
        Assert.Contains(after, e => e.Event is AnomalyAllowed { DeviceId: First });
        Assert.Contains(after, e => e.Event is IncidentOpened { Device.Id: Second });
    }
}
