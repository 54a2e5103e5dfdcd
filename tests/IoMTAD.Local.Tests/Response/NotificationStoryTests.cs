using IoMTAD.Hosting.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Local.Tests.Response;

/// <summary>What people get to hear of an incident, from store to channel.</summary>
public sealed class NotificationStoryTests : IAsyncDisposable
{
    private readonly SteppedTime time = new();
    private readonly TestStore store;
    private readonly Recorder mail = new("mail"), slack = new("slack"), doctor = new("doctor");
    private readonly Dictionary<string, ChannelOptions> options = [];

    private FollowUpOptions followUps = new();
    private HeartbeatOptions? heartbeat;
    private FollowUps? asking;

    public NotificationStoryTests() => store = new TestStore(time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task An_incident_that_nobody_acknowledges_reaches_further_people_and_its_end_reaches_all_of_them()
    {
        followUps = new() { Escalation = [new(TimeSpan.FromMinutes(10), ["doctor"])], Recovery = true };
        await store.Events.CommitAsync(Story.Incident(1, "mail"), Cancellation);
        await RunAsync();
        await RunAsync(minutes: 9);
        Assert.Empty(doctor.Sent);
        await RunAsync(minutes: 1);
        Assert.StartsWith("Nobody has acknowledged this yet.", Assert.Single(doctor.Sent).Text, StringComparison.Ordinal);
        await RunAsync(minutes: 60);

        await RecordAsync(new IncidentClosed("i1", Story.Pump.Id, Disposition.FalseAlarm, "anna", ""));
        await RunAsync();
        Assert.Equal([NotificationPurpose.Incident, NotificationPurpose.Recovery], mail.Sent.Select(n => n.Purpose));
        Assert.Equal([NotificationPurpose.Escalation, NotificationPurpose.Recovery], doctor.Sent.Select(n => n.Purpose));
        Assert.Empty(await new SqlFollowUps(store.Events).ReadDueAsync(DateTimeOffset.MaxValue, 10, Cancellation));
    }

    [Fact]
    public async Task An_acknowledged_incident_goes_no_further()
    {
        followUps = new() { Escalation = [new(TimeSpan.FromMinutes(10), ["doctor"])] };
        await store.Events.CommitAsync(Story.Incident(1, "mail"), Cancellation);
        await RunAsync();
        await RecordAsync(new IncidentAcknowledged("i1", Story.Pump.Id, "anna"));
        await RunAsync(minutes: 60);
        Assert.Empty(doctor.Sent);
    }

    [Fact]
    public async Task What_has_been_asked_for_already_is_not_asked_for_without_end()
    {
        followUps = new() { Escalation = [new(TimeSpan.FromMinutes(10), ["doctor"])] };
        await store.Events.CommitAsync(Story.Incident(1, "mail"), Cancellation);
        await RunAsync();
        // The request is on record and the thread does not know of it, as in a store put together of several.
        var id = NotificationIds.For("i1", NotificationPurpose.Escalation, "doctor");
        var escalated = new IncidentEscalated("i9", "d", Severity.Low, Severity.High, "");
        await store.Events.CommitAsync(
            new Commit([new StreamAppend("elsewhere", null, [new NewEvent(id, escalated, Story.Noon)])]), Cancellation);
        await RunAsync(minutes: 10);
        Assert.Empty(doctor.Sent);
    }

    [Fact]
    public async Task Another_channel_stands_in_for_one_that_refuses()
    {
        followUps = new() { Fallbacks = new Dictionary<string, ChannelFallback> { ["mail"] = new("slack") } };
        mail.Fault = new DeliveryException("550 no such user", DeliveryFault.Permanent);
        await store.Events.CommitAsync(Story.Incident(1, "mail"), Cancellation);
        await RunAsync();
        Assert.Equal(NotificationPurpose.Fallback, Assert.Single(slack.Sent).Purpose);
        await RunAsync(minutes: 600);
        Assert.Single(slack.Sent);
    }

    [Fact]
    public async Task A_storm_becomes_one_message_that_settles_each_notification_once()
    {
        options["mail"] = new ChannelOptions { Digest = new(3, TimeSpan.FromMinutes(5)) };
        for (var i = 1; i <= 40; i++) await store.Events.CommitAsync(Story.Incident(i, "mail"), Cancellation);
        await RunAsync();

        Assert.StartsWith("40 notifications in one message (40 high).\nicu-1: 40 high\n", Assert.Single(mail.Sent).Text, StringComparison.Ordinal);
        var delivered = await EventsAsync<NotificationDelivered>();
        Assert.Equal(41, delivered.Count);
        Assert.Equal(41, delivered.Select(d => d.NotificationId).Distinct().Count());
        Assert.Equal(40, delivered.Count(d => d.DigestId == mail.Sent[0].NotificationId));
    }

    [Fact]
    public async Task What_comes_in_quiet_hours_is_told_when_they_end()
    {
        var quiet = new WeeklyHours(new(11, 0), new(14, 0), Enum.GetValues<DayOfWeek>().ToHashSet(), TimeZoneInfo.Utc);
        options["mail"] = new ChannelOptions { QuietHours = new(quiet, Severity.Critical) };
        await store.Events.CommitAsync(Story.Incident(1, "mail"), Cancellation);
        await RunAsync(minutes: 119);
        Assert.Empty(mail.Sent);
        await RunAsync(minutes: 1);
        Assert.Single(mail.Sent);
    }

    [Fact]
    public async Task A_sign_of_life_comes_regularly_and_says_how_the_watch_is()
    {
        heartbeat = new(TimeSpan.FromHours(6), ["mail"]);
        await store.Events.CommitAsync(Story.Incident(1), Cancellation);
        await RunAsync();
        await RunAsync(minutes: 5);
        await RunAsync(minutes: 355);
        asking = null; // as after a restart
        await RunAsync(minutes: 1);
        Assert.Equal(2, mail.Sent.Count);
        Assert.Contains("1 open incident (1 high).\nNo traffic since the start", mail.Sent[0].Text, StringComparison.Ordinal);
        Assert.All(mail.Sent, n => Assert.Null(n.IncidentId));
    }

    [Fact]
    public async Task Two_dispatchers_on_one_store_send_no_message_twice()
    {
        for (var i = 1; i <= 60; i++) await store.Events.CommitAsync(Story.Incident(i, "mail"), Cancellation);
        options["mail"] = new ChannelOptions { MaxInFlight = 3 };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var dispatcher = New();
            while ((await store.Outbox.ChannelsAsync(Cancellation)).Count > 0) await dispatcher.DispatchAsync("mail", Cancellation);
        }));
        Assert.Equal(60, mail.Sent.Count);
        Assert.Equal(60, mail.Sent.Select(n => n.NotificationId).Distinct().Count());
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_keeps_no_other_waiting()
    {
        mail.Hangs = new TaskCompletionSource();
        await store.Events.CommitAsync(Story.Incident(1, "mail"), Cancellation);
        await store.Events.CommitAsync(Story.Incident(2, "slack"), Cancellation);
        using var worker = new OutboxWorker(New(), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = worker.RunAsync(stop.Token);
        Assert.Equal("i2 told", (await slack.Next.Task).NotificationId);
        Assert.Empty(mail.Sent);
        mail.Hangs.SetResult();
        Assert.Equal("i1 told", (await mail.Next.Task).NotificationId);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private OutboxDispatcher New() => new(store.Outbox, [mail, slack, doctor], time, options, () => 0);

    private async Task RunAsync(double minutes = 0)
    {
        time.Now = time.Now.AddMinutes(minutes);
        asking ??= new FollowUps(new SqlFollowUps(store.Events), store.Events, followUps, heartbeat, time);
        using var worker = new OutboxWorker(New(), time, asking);
        await worker.DrainAsync(Cancellation);
    }

    private Task<CommitResult> RecordAsync(DomainEvent @event) => store.Events.CommitAsync(
        new Commit([new StreamAppend("incident-i1", null, [new NewEvent($"i1 {EventTypes.NameOf(@event)}", @event, Story.Noon)])]), Cancellation);

    private async Task<List<T>> EventsAsync<T>()
        where T : DomainEvent =>
        await store.Events.ReadAllAsync(0, Cancellation).Select(e => e.Event).OfType<T>().ToListAsync(Cancellation);

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Story.Noon;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Recorder(string channel) : INotifier
    {
        private readonly List<NotificationRequested> sent = [];

        public string Channel => channel;

        public bool TellsRepeats => false;

        public Exception? Fault { get; set; }

        public TaskCompletionSource? Hangs { get; set; }

        public TaskCompletionSource<NotificationRequested> Next { get; } = new();

        public IReadOnlyList<NotificationRequested> Sent
        {
            get
            {
                lock (sent) return [.. sent];
            }
        }

        public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
        {
            if (Hangs is not null) await Hangs.Task;
            if (Fault is not null) throw Fault;
            lock (sent) sent.Add(notification);
            Next.TrySetResult(notification);
            return null;
        }
    }
}
