using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Core.Tests.Response;

public sealed class OutboxDispatcherTests
{
    private readonly FakeOutbox outbox = new();
    private readonly FakeNotifier notifier = new();
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_message_is_delivered_once()
    {
        outbox.Add("n1", "pager");
        Assert.Equal(1, await DispatchAsync());
        Assert.Equal(0, await DispatchAsync());
        Assert.Equal(["n1"], notifier.Sent);
    }

    [Fact]
    public async Task A_failure_is_tried_again_after_growing_waits_and_given_up_after_eight_attempts()
    {
        outbox.Add("n1", "pager");
        notifier.Fails = true;
        var waits = new List<double>();
        for (var attempt = 0; attempt < 20 && await DispatchAsync() == 1; attempt++)
        {
            if (outbox.Due["n1"] is not { } due) break;
            waits.Add((due - time.Now).TotalSeconds);
            time.Now = due;
        }
        Assert.Equal([2, 4, 8, 16, 32, 64, 128], waits);
        Assert.Null(outbox.Due["n1"]);
        Assert.Equal(RetrySchedule.Attempts, notifier.Attempts);
    }

    [Fact]
    public async Task One_channel_that_fails_does_not_keep_another_from_its_message()
    {
        outbox.Add("n1", "nobody");
        outbox.Add("n2", "pager");
        await DispatchAsync();
        Assert.Equal(["n2"], notifier.Sent);
        Assert.Contains("nobody", outbox.Errors["n1"], StringComparison.Ordinal);
    }

    private Task<int> DispatchAsync() => new OutboxDispatcher(outbox, [notifier], time).DispatchAsync(TestContext.Current.CancellationToken);

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class FakeNotifier : INotifier
    {
        public List<string> Sent { get; } = [];

        public int Attempts { get; private set; }

        public bool Fails { get; set; }

        public string Channel => "pager";

        public Task NotifyAsync(NotificationRequested notification, CancellationToken cancellation = default)
        {
            Attempts++;
            if (Fails) throw new IOException("the line is dead");
            Sent.Add(notification.NotificationId);
            return Task.CompletedTask;
        }
    }

    private sealed class FakeOutbox : IOutbox
    {
        private readonly Dictionary<string, OutboxMessage> messages = [];

        public Dictionary<string, DateTimeOffset?> Due { get; } = [];

        public Dictionary<string, string> Errors { get; } = [];

        public void Add(string id, string channel)
        {
            messages[id] = new(new NotificationRequested(id, "i", channel, Severity.Low, new("a", "a", "k", "w"), "text"), 0);
            Due[id] = DateTimeOffset.MinValue;
        }

        public Task<IReadOnlyList<OutboxMessage>> ReadDueAsync(DateTimeOffset now, int most, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<OutboxMessage>>([.. messages.Values.Where(m => Due[m.Notification.NotificationId] <= now).Take(most)]);

        public Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, CancellationToken cancellation = default)
        {
            messages.Remove(message.Notification.NotificationId);
            return Task.CompletedTask;
        }

        public Task FailedAsync(
            OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default)
        {
            var id = message.Notification.NotificationId;
            messages[id] = message with { Attempts = message.Attempts + 1 };
            (Due[id], Errors[id]) = (retryAt, error);
            return Task.CompletedTask;
        }

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) => Task.FromResult(Due.Values.Min());
    }
}
