using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Tests;

/// <summary>What every outbox promises. One passes it by a subclass that opens it.</summary>
public abstract class OutboxContract : IAsyncLifetime
{
    private static readonly InventoryDevice Pump = new("02:00:00:00:00:01", "pump-01", "infusion-pump", "icu-1");
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IEventStore Store { get; set; } = null!;

    private IOutbox Outbox { get; set; } = null!;

    /// <summary>Opens a new, empty store whose clock shows any time up to noon of 31 January 2026.</summary>
    protected abstract Task<(IEventStore Store, IOutbox Outbox)> OpenAsync();

    public async ValueTask InitializeAsync() => (Store, Outbox) = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_requested_notification_waits_until_it_is_delivered()
    {
        var request = await RequestAsync("n1");
        Assert.Equal(["console"], await Outbox.ChannelsAsync(Cancellation));
        var due = Assert.Single(await TakeAsync(Noon));
        Assert.Equal(request, due.Notification);

        await Outbox.DeliveredAsync(due, Noon, remark: null, Cancellation);

        Assert.Empty(await TakeAsync(DateTimeOffset.MaxValue - Lease));
        Assert.Empty(await Outbox.ChannelsAsync(Cancellation));
        Assert.Equal([nameof(NotificationRequested), nameof(NotificationDelivered)], await TypesAsync());
    }

    [Fact]
    public async Task A_failed_notification_is_due_again_later_and_a_given_up_one_never_unless_a_person_says_so()
    {
        await RequestAsync("n1");
        await Outbox.FailedAsync(Assert.Single(await TakeAsync(Noon)), "503", Noon, Noon.AddSeconds(4), Cancellation);
        Assert.Empty(await TakeAsync(Noon.AddSeconds(3)));
        var again = Assert.Single(await TakeAsync(Noon.AddSeconds(4)));
        Assert.Equal((1, Noon), (again.Attempts, again.FirstAttemptAt));
        Assert.False(await Outbox.ResendAsync("n1", "anna", Noon, Cancellation));

        await Outbox.FailedAsync(again, "503", Noon.AddSeconds(4), retryAt: null, Cancellation);
        Assert.Empty(await TakeAsync(Noon.AddYears(1)));

        Assert.True(await Outbox.ResendAsync("n1", "anna", Noon.AddHours(1), Cancellation));
        var resent = Assert.Single(await TakeAsync(Noon.AddHours(1)));
        Assert.Equal((0, null), (resent.Attempts, resent.FirstAttemptAt));
        await Outbox.FailedAsync(resent, "503", Noon.AddHours(1), retryAt: null, Cancellation);
        Assert.Equal(
            [
                nameof(NotificationRequested), nameof(NotificationFailed), nameof(NotificationFailed), nameof(NotificationResent),
                nameof(NotificationFailed),
            ],
            await TypesAsync());
    }

    [Fact]
    public async Task What_one_dispatcher_has_taken_no_other_gets_until_the_lease_has_run_out()
    {
        await RequestAsync("n1");
        Assert.Single(await TakeAsync(Noon));
        ChannelQueue? seen = null;
        Assert.Empty(await TakeAsync(Noon + Lease / 2, queue => seen = queue));
        Assert.Equal((1, 0), (seen!.InFlight, seen.Abandoned.Count));

        await TakeAsync(Noon + Lease, queue => seen = queue);
        var abandoned = Assert.Single(seen.Abandoned);
        Assert.Equal((0, 1), (seen.InFlight, abandoned.Attempts));
    }

    [Fact]
    public async Task A_digest_settles_each_of_its_members_once()
    {
        await RequestAsync("n1");
        await RequestAsync("n2");
        var digest = Assert.Single((await TakeAsync(Noon, plan: Gather)).ToList());
        await Outbox.FailedAsync(digest, "503", Noon, Noon.AddSeconds(4), Cancellation);
        Assert.Equal(digest.Id, Assert.Single(await TakeAsync(Noon.AddSeconds(4))).Id);
        await Outbox.DeliveredAsync(digest with { Attempts = 1 }, Noon.AddSeconds(4), remark: null, Cancellation);

        var delivered = (await EventsAsync()).OfType<NotificationDelivered>().ToList();
        Assert.Equal(["n1", "n2"], delivered.Where(d => d.DigestId == digest.Id).Select(d => d.NotificationId));
        Assert.Equal(digest.Id, Assert.Single(delivered, d => d.DigestId is null).NotificationId);
        Assert.Empty(await Outbox.ChannelsAsync(Cancellation));
    }

    [Fact]
    public async Task The_members_of_a_digest_that_is_given_up_can_be_sent_again_one_by_one()
    {
        await RequestAsync("n1");
        await RequestAsync("n2");
        await Outbox.FailedAsync(Assert.Single(await TakeAsync(Noon, plan: Gather)), "550", Noon, retryAt: null, Cancellation);
        Assert.Empty(await Outbox.ChannelsAsync(Cancellation));
        Assert.True(await Outbox.ResendAsync("n2", "anna", Noon, Cancellation));
        Assert.Equal("n2", Assert.Single(await TakeAsync(Noon)).Id);
    }

    [Fact]
    public async Task A_pause_and_the_window_of_digests_are_remembered()
    {
        await RequestAsync("n1");
        await Outbox.PauseAsync("console", Noon.AddMinutes(9), Cancellation);
        await Outbox.PauseAsync("console", Noon.AddMinutes(3), Cancellation);
        await TakeAsync(Noon, plan: _ => new DispatchPlan([], [], [], null) { WindowStart = Noon, WindowMessages = 3 });
        ChannelQueue? seen = null;
        await TakeAsync(Noon, queue => seen = queue);
        Assert.Equal((Noon.AddMinutes(9), Noon, 3), (seen!.PausedUntil, seen.WindowStart, seen.WindowMessages));
    }

    [Fact]
    public async Task A_message_that_was_put_off_is_due_at_once_and_as_severe_as_its_incident_when_that_becomes_worse()
    {
        await RequestAsync("n1");
        await TakeAsync(Noon, plan: queue => new DispatchPlan([], [(queue.Due[0], Noon.AddHours(8))], [], null));
        Assert.Empty(await TakeAsync(Noon.AddHours(7)));
        await CommitAsync("worse", new IncidentEscalated("i", Pump.Id, Severity.High, Severity.Critical, "it goes on"));
        Assert.Equal(Severity.Critical, Assert.Single(await TakeAsync(Noon.AddHours(7))).Notification.Severity);
    }

    private static DispatchPlan Gather(ChannelQueue queue)
    {
        var digest = new OutboxMessage(Digest.Of([.. queue.Due.Select(m => m.Notification)]), 0);
        return new DispatchPlan([digest], [], [], null) { Digest = digest, Gathered = queue.Due };
    }

    private async Task<IReadOnlyList<OutboxMessage>> TakeAsync(
        DateTimeOffset now, Action<ChannelQueue>? see = null, Func<ChannelQueue, DispatchPlan>? plan = null) =>
        (await Outbox.TakeAsync("console", queue =>
        {
            see?.Invoke(queue);
            return plan?.Invoke(queue) ?? new DispatchPlan(queue.Due, [], [], null);
        }, now, Lease, Cancellation)).Messages;

    private async Task<NotificationRequested> RequestAsync(string id)
    {
        var request = new NotificationRequested(id, "i", "console", Severity.High, Pump, "text");
        await CommitAsync(id, request);
        return request;
    }

    private Task<CommitResult> CommitAsync(string id, DomainEvent @event) =>
        Store.CommitAsync(new Commit([new StreamAppend("incident-i", null, [new NewEvent(id, @event, Noon)])]), Cancellation);

    private async Task<IReadOnlyList<string>> TypesAsync() =>
        await Store.ReadStreamAsync("incident-i", 1, Cancellation).Select(e => e.Type).ToListAsync(Cancellation);

    private async Task<IReadOnlyList<DomainEvent?>> EventsAsync() =>
        await Store.ReadAllAsync(0, Cancellation).Select(e => e.Event).ToListAsync(Cancellation);
}
