using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Response;

namespace IoMTAD.Core.Tests.Response;

/// <summary>An outbox in memory: what was taken is in flight until it is settled or its lease runs out.</summary>
internal sealed class FakeOutbox : IOutbox
{
    private readonly Dictionary<string, OutboxMessage> messages = [];
    private readonly Dictionary<string, DateTimeOffset> leases = [];
    private readonly Dictionary<string, DateTimeOffset> pauses = [];

    public Dictionary<string, DateTimeOffset?> Due { get; } = [];

    public Dictionary<string, string> Errors { get; } = [];

    public List<string> Delivered { get; } = [];

    public void Add(string id, string channel)
    {
        messages[id] = new(new NotificationRequested(id, "i", channel, Severity.Low, new("a", "a", "k", "w"), "text"), 0);
        Due[id] = DateTimeOffset.MinValue;
    }

    public Task<IReadOnlyList<string>> ChannelsAsync(CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<string>>([.. messages.Values.Where(m => Due[m.Id] is not null).Select(m => m.Notification.Channel).Distinct()]);

    public Task<TakenMessages> TakeAsync(
        string channel, Func<ChannelQueue, DispatchPlan> plan, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation = default)
    {
        var own = messages.Values.Where(m => m.Notification.Channel == channel).ToList();
        var planned = plan(new ChannelQueue(now,
            [.. own.Where(m => Due[m.Id] <= now && !leases.ContainsKey(m.Id))],
            [.. own.Where(m => leases.TryGetValue(m.Id, out var until) && until <= now)],
            own.Count(m => leases.TryGetValue(m.Id, out var until) && until > now),
            pauses.TryGetValue(channel, out var paused) ? paused : null, null, 0));
        foreach (var (message, error) in planned.GivenUp) Fail(message, error, null);
        foreach (var (message, until) in planned.Deferred) Due[message.Id] = until;
        foreach (var message in planned.Send) leases[message.Id] = now + lease;
        return Task.FromResult(new TakenMessages(planned.Send, planned.LookAgainAt ?? Due.Values.Where(d => d > now).Min()));
    }

    public Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, string? remark = null, CancellationToken cancellation = default)
    {
        messages.Remove(message.Id);
        leases.Remove(message.Id);
        Delivered.Add(message.Id);
        return Task.CompletedTask;
    }

    public Task FailedAsync(
        OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default)
    {
        Fail(message, error, retryAt);
        return Task.CompletedTask;
    }

    public Task PauseAsync(string channel, DateTimeOffset until, CancellationToken cancellation = default)
    {
        pauses[channel] = until;
        return Task.CompletedTask;
    }

    public Task<bool> ResendAsync(string notificationId, string by, DateTimeOffset now, CancellationToken cancellation = default) =>
        Task.FromResult(false);

    private void Fail(OutboxMessage message, string error, DateTimeOffset? retryAt)
    {
        messages[message.Id] = message with { Attempts = message.Attempts + 1 };
        leases.Remove(message.Id);
        (Due[message.Id], Errors[message.Id]) = (retryAt, error);
    }
}
