using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Core.Tests.Response;

public sealed class OutboxDispatcherTests
{
    private readonly FakeOutbox outbox = new();
    private readonly FakeNotifier notifier = new();
    private readonly ManualTime time = new();

    private ChannelOptions options = ChannelOptions.Default;

    [Fact]
    public async Task A_message_is_delivered_once()
    {
        outbox.Add("n1", "pager");
        Assert.Equal(1, await DispatchAsync());
        Assert.Equal(0, await DispatchAsync());
        Assert.Equal(["n1"], notifier.Sent);
    }

    [Fact]
    public async Task A_failure_is_tried_again_after_growing_waits_that_outlast_half_an_hour()
    {
        outbox.Add("n1", "pager");
        notifier.Fault = new IOException("the line is dead");
        var (start, waits) = (time.Now, new List<double>());
        for (var attempt = 0; attempt < 20 && await DispatchAsync() == 1; attempt++)
        {
            if (outbox.Due["n1"] is not { } due) break;
            waits.Add((due - time.Now).TotalSeconds);
            time.Now = due;
        }
        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600], waits);
        Assert.Null(outbox.Due["n1"]);
        Assert.Equal(RetrySchedule.Default.Attempts, notifier.Attempts);
        Assert.True(time.Now - start >= TimeSpan.FromMinutes(30));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_server_down_for_ten_minutes_costs_no_message_whatever_the_jitter(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 50; n++)
        {
            var id = $"n{n}";
            outbox.Add(id, "pager");
            var up = time.Now.AddMinutes(10);
            while (outbox.Delivered.LastOrDefault() != id)
            {
                notifier.Fault = time.Now < up ? new IOException("connection refused") : null;
                await new OutboxDispatcher(outbox, [notifier], time, random: random.NextDouble).DispatchAsync("pager", TestContext.Current.CancellationToken);
                if (outbox.Delivered.LastOrDefault() == id) break;
                Assert.NotNull(outbox.Due[id]);
                time.Now = outbox.Due[id]!.Value;
            }
        }
        Assert.Equal(50, outbox.Delivered.Count);
    }

    [Fact]
    public async Task What_no_other_try_can_mend_is_given_up_at_once()
    {
        outbox.Add("n1", "pager");
        notifier.Fault = new DeliveryException("550 no such user", DeliveryFault.Permanent);
        await DispatchAsync();
        Assert.Null(outbox.Due["n1"]);
        Assert.Equal("550 no such user", outbox.Errors["n1"]);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public async Task What_may_have_arrived_is_sent_again_only_where_a_repeat_does_no_harm_or_is_wanted(bool tellsRepeats, bool resendUnknown, bool again)
    {
        outbox.Add("n1", "pager");
        (notifier.TellsRepeats, options) = (tellsRepeats, options with { ResendUnknown = resendUnknown });
        notifier.Fault = new DeliveryException("closed", DeliveryFault.Unknown);
        await DispatchAsync();
        Assert.Equal(again, outbox.Due["n1"] is not null);
        Assert.Equal(again ? "closed" : "outcome unknown: closed", outbox.Errors["n1"]);
    }

    [Theory]
    [InlineData(DeliveryFault.Temporary, true)]
    [InlineData(DeliveryFault.Unknown, false)]
    public async Task When_the_time_is_up_the_notifier_says_what_it_broke_off(DeliveryFault fault, bool again)
    {
        outbox.Add("n1", "pager");
        notifier.Waits = fault;
        var dispatching = DispatchAsync();
        time.Ring();
        await dispatching;
        Assert.Equal(again, outbox.Due["n1"] is not null);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public async Task An_attempt_that_a_killed_process_left_behind_is_listed_as_failed_unless_it_may_be_repeated(
        bool tellsRepeats, bool resendUnknown, bool again)
    {
        outbox.Add("n1", "pager");
        (notifier.TellsRepeats, options) = (tellsRepeats, options with { ResendUnknown = resendUnknown });
        // Taken and never settled, as by a process that ended.
        await outbox.TakeAsync(
            "pager", queue => new DispatchPlan(queue.Due, [], [], null), time.Now, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(0, await DispatchAsync());

        time.Now = time.Now.AddMinutes(1);
        Assert.Equal(again ? 1 : 0, await DispatchAsync());
        Assert.Equal(again ? ["n1"] : [], notifier.Sent);
        if (!again) Assert.Equal(DispatchRules.OutcomeUnknown, outbox.Errors["n1"]);
    }

    [Fact]
    public async Task A_channel_that_is_told_to_wait_holds_its_other_messages_back_too()
    {
        outbox.Add("n1", "pager");
        outbox.Add("n2", "pager");
        options = options with { MaxInFlight = 1 };
        var until = time.Now.AddMinutes(3);
        notifier.Fault = new DeliveryException("429", DeliveryFault.Temporary, until) { IsRateLimit = true };
        Assert.Equal(1, await DispatchAsync());
        notifier.Fault = null;
        Assert.Equal(0, await DispatchAsync());
        Assert.True(outbox.Due["n1"] >= until);
        time.Now = until;
        while (await DispatchAsync() > 0)
        {
        }
        Assert.Equal(["n1", "n2"], notifier.Sent.Order());
    }

    [Fact]
    public async Task No_more_messages_are_in_flight_than_the_channel_allows()
    {
        for (var i = 0; i < 5; i++) outbox.Add($"n{i}", "pager");
        options = options with { MaxInFlight = 3 };
        Assert.Equal(3, await DispatchAsync());
        Assert.Equal(2, await DispatchAsync());
    }

    [Fact]
    public async Task A_message_for_a_channel_that_nobody_has_configured_is_given_up_and_keeps_no_other_back()
    {
        outbox.Add("n1", "nobody");
        outbox.Add("n2", "pager");
        await New().GiveUpStrangersAsync(TestContext.Current.CancellationToken);
        await DispatchAsync();
        Assert.Equal(["n2"], notifier.Sent);
        Assert.Null(outbox.Due["n1"]);
        Assert.Contains("nobody", outbox.Errors["n1"], StringComparison.Ordinal);
    }

    private OutboxDispatcher New() => new(outbox, [notifier], time, new Dictionary<string, ChannelOptions> { ["pager"] = options });

    private async Task<int> DispatchAsync() => (await New().DispatchAsync("pager", TestContext.Current.CancellationToken)).Tried;

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        private Action ring = () => { };
        private int timers;

        public override DateTimeOffset GetUtcNow() => Now;

        /// <summary>The first timer that was set goes off.</summary>
        public void Ring() => ring();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var (before, first) = (ring, timers++ == 0);
            ring = first ? () => callback(state) : before;
            return new Silent();
        }

        private sealed class Silent : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
                // It rings by hand alone.
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class FakeNotifier : INotifier
    {
        public List<string> Sent { get; } = [];

        public int Attempts { get; private set; }

        public Exception? Fault { get; set; }

        public string Channel => "pager";

        public bool TellsRepeats { get; set; }

        /// <summary>It waits for its time to be up, and says this then.</summary>
        public DeliveryFault? Waits { get; set; }

        public async Task<string?> NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
        {
            Attempts++;
            if (Waits is { } fault)
            {
                var over = new TaskCompletionSource();
                await using var registration = cancellation.Register(over.SetResult);
                await over.Task;
                throw new DeliveryException("too late", fault);
            }
            if (Fault is not null) throw Fault;
            Sent.Add(notification.NotificationId);
            return null;
        }
    }
}
