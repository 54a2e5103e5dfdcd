using IoMTAD.Capture;
using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Tests.Response;

/// <summary>What the outbox promises on every database of SQL. One passes it by a subclass that opens the store.</summary>
public abstract class SqlOutboxContract : OutboxContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ITransactionalStore Sql { get; set; } = null!;

    /// <summary>Opens a new, empty store whose clock shows any time up to noon of 31 January 2026.</summary>
    protected abstract Task<ITransactionalStore> OpenStoreAsync();

    protected override async Task<(IEventStore Store, IOutbox Outbox)> OpenAsync()
    {
        Sql = await OpenStoreAsync();
        return (Sql, new SqlOutbox(Sql, "me"));
    }

    [Fact]
    public async Task Leases_of_an_owner_that_is_known_to_be_dead_end_at_once()
    {
        await RequestAsync(1);
        await TakeAllAsync(new SqlOutbox(Sql, "the dead"));
        ChannelQueue? seen = null;
        foreach (var (isAlive, expected) in ((Func<string, bool>?, int)[])[(null, 0), (_ => true, 0), (o => o != "the dead", 1)])
        {
            await new SqlOutbox(Sql, "me", isAlive).TakeAsync("console", queue =>
            {
                seen = queue;
                return new DispatchPlan([], [], [], null);
            }, Sample.Now, TimeSpan.FromMinutes(1), Cancellation);
            Assert.Equal((expected, 1 - expected), (seen!.Abandoned.Count, seen.InFlight));
        }
    }

    [Fact]
    public async Task Each_channels_outcomes_are_counted()
    {
        var outbox = new SqlOutbox(Sql, "me");
        for (var i = 1; i <= 3; i++) await RequestAsync(i);
        var taken = await TakeAllAsync(outbox);
        await outbox.DeliveredAsync(taken[0], Sample.Now, "not to anna", Cancellation);
        await outbox.FailedAsync(taken[1], "503", Sample.Now, retryAt: null, Cancellation);

        var outcome = Assert.Single(await outbox.ReadOutcomesAsync(Cancellation));
        Assert.Equal(("console", 1, 1), (outcome.Channel, outcome.Waiting, outcome.Failed));
        Assert.Equal("503", outcome.LastError);
        Assert.NotNull(outcome.LastDeliveredAt);
        Assert.NotNull(outcome.LastFailedAt);
        var count = await outbox.CountAsync(Cancellation);
        Assert.Equal((1, 1), (count.Waiting, count.Failed));
    }

    [Fact]
    public async Task An_incidents_thread_is_looked_at_when_something_happened_or_a_step_is_due()
    {
        var threads = new SqlFollowUps(Sql);
        await RequestAsync(1);
        var due = Assert.Single(await threads.ReadDueAsync(DateTimeOffset.MaxValue, 10, Cancellation));
        Assert.Equal((MessageState.Waiting, Severity.High), (due.Thread.Messages[0].State, due.Thread.Severity));
        var figures = await threads.ReadFiguresAsync(lastTraffic: null, Cancellation);
        Assert.Equal((0, 1, 1, null), (figures.Devices, figures.OpenIncidents[Severity.High], figures.Waiting, figures.LastTraffic));

        await CommitAsync("acknowledged", new IncidentAcknowledged("i1", Sample.Pump.Id, "anna"));
        await threads.LookedAtAsync(due, nextAt: null, Cancellation);
        due = Assert.Single(await threads.ReadDueAsync(DateTimeOffset.MaxValue, 10, Cancellation));
        Assert.True(due.Thread.IsAcknowledged);
        await threads.LookedAtAsync(due, Sample.Now.AddHours(1), Cancellation);
        Assert.Equal(Sample.Now.AddHours(1), await threads.NextDueAsync(Cancellation));
        Assert.Empty(await threads.ReadDueAsync(Sample.Now.AddMinutes(59), 10, Cancellation));
        await threads.LookedAtAsync(due, nextAt: null, Cancellation);
        Assert.Null(await threads.NextDueAsync(Cancellation));
    }

    [Fact]
    public async Task The_newest_traffic_on_record_counts_where_this_process_has_seen_none()
    {
        var clock = Sample.Now.AddHours(-2);
        await Sql.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, 1), []) { Clock = clock }), Cancellation);
        Assert.Equal(clock, (await new SqlFollowUps(Sql).ReadFiguresAsync(lastTraffic: null, Cancellation)).LastTraffic);
        Assert.Equal(Sample.Now, (await new SqlFollowUps(Sql).ReadFiguresAsync(Sample.Now, Cancellation)).LastTraffic);
    }

    [Fact]
    public async Task Two_workers_that_are_called_at_once_send_no_message_twice()
    {
        for (var i = 1; i <= 30; i++) await RequestAsync(i);
        var console = new Recorder();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async i =>
        {
            using var worker = new OutboxWorker(new OutboxDispatcher(new SqlOutbox(Sql, $"worker {i}"), [console], Sample.Clock), Sample.Clock);
            await worker.DrainAsync(Cancellation);
        }));
        Assert.Equal(30, console.Sent.Distinct().Count());
        Assert.Equal(30, console.Sent.Count);
        Assert.Empty(await new SqlOutbox(Sql, "me").ChannelsAsync(Cancellation));
    }

    private static async Task<IReadOnlyList<OutboxMessage>> TakeAllAsync(SqlOutbox outbox) =>
        (await outbox.TakeAsync("console", queue => new DispatchPlan(queue.Due, [], [], null), Sample.Now, TimeSpan.FromMinutes(1), Cancellation)).Messages;

    private Task RequestAsync(int number) => CommitAsync($"told {number}",
        new IncidentOpened($"i{number}", Sample.Pump, IncidentKind.Behaviour, Severity.High, "strange", null),
        new NotificationRequested($"told {number}", $"i{number}", "console", Severity.High, Sample.Pump, "strange"));

    private Task CommitAsync(string id, params DomainEvent[] events) => Sql.CommitAsync(new Commit([new StreamAppend("incident-i", ExpectedVersion: null,
        [.. events.Select(e => new NewEvent(e is NotificationRequested ? id : $"{id} {EventTypes.NameOf(e)}", e, Sample.Now))])]), Cancellation);

    private sealed class Recorder : INotifier
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Sent { get; } = new();

        public string Channel => "console";

        public bool TellsRepeats => false;

        public Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
        {
            Sent.Enqueue(notification.NotificationId);
            return Task.FromResult<string?>(null);
        }
    }
}
