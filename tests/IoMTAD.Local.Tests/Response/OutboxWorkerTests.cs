using System.Threading.Channels;
using IoMTAD.Hosting.Response;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Local.Tests.Response;

public sealed class OutboxWorkerTests : IAsyncDisposable
{
    // The clock is moved while an attempt goes on: it must not count as late for that.
    private static readonly Dictionary<string, IoMTAD.Response.ChannelOptions> Patient = new()
    {
        ["pager"] = IoMTAD.Response.ChannelOptions.Default with { Timeout = Timeout.InfiniteTimeSpan, LeaseMargin = TimeSpan.FromDays(1) },
    };

    private readonly ManualTime time = new();
    private readonly TestStore store;
    private readonly Pager pager = new();

    public OutboxWorkerTests() => store = new TestStore(time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_message_goes_out_when_the_worker_is_woken_and_once_only()
    {
        await WhileRunning(store.Outbox, async worker =>
        {
            await store.Events.CommitAsync(Story.Incident(1, pager.Channel), Cancellation);
            worker.Wake();
            worker.Wake();
            Assert.Equal("i1 told", await pager.NextAsync());
            await store.Events.CommitAsync(Story.Incident(2, pager.Channel), Cancellation);
            worker.Wake();
            Assert.Equal("i2 told", await pager.NextAsync());
        });
        Assert.Empty(await store.Outbox.ChannelsAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_left_by_an_earlier_run_goes_out_at_once()
    {
        await store.Events.CommitAsync(Story.Incident(1, pager.Channel), Cancellation);
        await WhileRunning(store.Outbox, async _ => Assert.Equal("i1 told", await pager.NextAsync()));
    }

    [Fact]
    public async Task A_message_that_failed_goes_out_again_when_it_is_due()
    {
        pager.Failures = 2;
        await store.Events.CommitAsync(Story.Incident(1, pager.Channel), Cancellation);
        await WhileRunning(store.Outbox, async _ =>
        {
            var next = pager.NextAsync().AsTask();
            while (!next.IsCompleted) await Task.WhenAny(next, time.PassAsync(Cancellation));
            Assert.Equal("i1 told", await next);
        });
        var outcomes = await store.Events.ReadStreamAsync("incident-i1", 1, Cancellation).Select(e => e.Type).ToListAsync(Cancellation);
        Assert.Equal(["NotificationFailed", "NotificationFailed", "NotificationDelivered"], outcomes.TakeLast(3));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_for_a_while_delays_the_message_and_loses_none()
    {
        await store.Events.CommitAsync(Story.Incident(1, pager.Channel), Cancellation);
        await WhileRunning(new FlakyOutbox(store.Outbox, failures: 3), async _ =>
        {
            var next = pager.NextAsync().AsTask();
            while (!next.IsCompleted) await Task.WhenAny(next, time.PassAsync(Cancellation));
            Assert.Equal("i1 told", await next);
        });
    }

    private async Task WhileRunning(IOutbox outbox, Func<OutboxWorker, Task> act)
    {
        using var worker = new OutboxWorker(new OutboxDispatcher(outbox, [pager], time, Patient), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = worker.RunAsync(stop.Token);
        await act(worker);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await worker.DrainAsync(Cancellation);
        Assert.Empty(pager.Rest());
    }

    private sealed class Pager : INotifier
    {
        private readonly Channel<string> sent = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public int Failures { get; set; }

        public string Channel => "pager";

        public bool TellsRepeats => false;

        public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
        {
            if (Failures-- > 0) throw new IOException("the line is dead");
            await sent.Writer.WriteAsync(notification.NotificationId, cancellation);
            return null;
        }

        public ValueTask<string> NextAsync() => sent.Reader.ReadAsync(Cancellation);

        public IEnumerable<string> Rest()
        {
            while (sent.Reader.TryRead(out var id)) yield return id;
        }
    }

    private sealed class FlakyOutbox(IOutbox inner, int failures) : IOutbox
    {
        private int left = failures;

        public Task<IReadOnlyList<string>> ChannelsAsync(CancellationToken cancellation = default) => inner.ChannelsAsync(cancellation);

        public Task<TakenMessages> TakeAsync(
            string channel, Func<ChannelQueue, DispatchPlan> plan, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation = default) =>
            left-- > 0 ? throw new IOException("the disk is gone") : inner.TakeAsync(channel, plan, now, lease, cancellation);

        public Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, string? remark = null, CancellationToken cancellation = default) =>
            inner.DeliveredAsync(message, now, remark, cancellation);

        public Task FailedAsync(
            OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default) =>
            inner.FailedAsync(message, error, now, retryAt, cancellation);

        public Task PauseAsync(string channel, DateTimeOffset until, CancellationToken cancellation = default) =>
            inner.PauseAsync(channel, until, cancellation);

        public Task<bool> ResendAsync(string notificationId, string by, DateTimeOffset now, CancellationToken cancellation = default) =>
            inner.ResendAsync(notificationId, by, now, cancellation);
    }
}
