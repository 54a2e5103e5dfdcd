using IoMTAD.Hosting.Response.Settings;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using IoMTAD.Response;
using IoMTAD.Views;

namespace IoMTAD.Hosting.Response;

/// <summary>What stands behind a store's outbox: the channels as configured, and those who look after them.</summary>
public sealed class Notifications(
    NotificationSettings settings, NotifierSurroundings surroundings, IEventStore events, SqlOutbox outbox, IFollowUps threads)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TimeProvider time = surroundings.Time;

    public SqlOutbox Outbox => outbox;

    /// <summary>As the policy asks the channels.</summary>
    public PolicyOptions Policy => new() { Routes = settings.Routes };

    /// <summary>Sends what is due, asks for what follows, and gives the sign of life of a watch.</summary>
    public OutboxWorker CreateWorker() => CreateWorker(settings.Heartbeat);

    /// <summary>The same without the sign of life: where nothing is watched, nobody may be told that it is.</summary>
    public OutboxWorker CreateSender() => CreateWorker(heartbeat: null);

    /// <returns>Null where no channel of this name is configured.</returns>
    public INotifier? NotifierOf(string channel) => settings.Channels.FirstOrDefault(c => c.Name == channel)?.Create(surroundings);

    /// <summary>How each configured channel is.</summary>
    public async Task<IReadOnlyList<ChannelHealth>> ReadHealthAsync(CancellationToken cancellation = default)
    {
        var outcomes = (await outbox.ReadOutcomesAsync(cancellation)).ToDictionary(o => o.Channel);
        return [.. settings.Channels.Select(c => Health(c, outcomes.GetValueOrDefault(c.Name)))];
    }

    /// <summary>Sends a test message now, past the outbox: recorded before it is sent, as any other; not retried, for somebody is waiting.</summary>
    /// <param name="channel">A configured one.</param>
    /// <returns>The server's own words where it did not take the message; whom it did not reach where it did.</returns>
    public async Task<(string? Fault, string? Remark)> TestAsync(string channel, CancellationToken cancellation)
    {
        var notifier = NotifierOf(channel) ?? throw new ArgumentException($"there is no channel '{channel}'", nameof(channel));
        var now = time.GetUtcNow();
        var id = NotificationIds.ForTest(notifier.Channel, now);
        var request = new NotificationRequested(id, null, notifier.Channel, Severity.Low, null,
            "This is a test of IoMTAD. Nothing has happened; messages sent by this channel arrive here.") { Purpose = NotificationPurpose.Test };
        await RecordAsync(id, request);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(Patience);
        try
        {
            var remark = await notifier.NotifyAsync(request, late.Token);
            await RecordAsync(EventId.From($"delivered {id}"), new NotificationDelivered(id, null, notifier.Channel, 1) { Remark = remark });
            return (null, remark);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            await RecordAsync(EventId.From($"failed {id}"), new NotificationFailed(id, null, notifier.Channel, 1, e.Message, WillRetry: false));
            return (e.Message, null);
        }

        Task RecordAsync(string eventId, DomainEvent @event) => events.CommitAsync(new Commit(
            [new StreamAppend(NotificationIds.StreamOf(null, notifier.Channel), null, [new NewEvent(eventId, @event, time.GetUtcNow())])]), cancellation);
    }

    private OutboxWorker CreateWorker(HeartbeatOptions? heartbeat)
    {
        var dispatcher = new OutboxDispatcher(outbox, settings.Channels.Select(c => c.Create(surroundings)), time,
            settings.Channels.ToDictionary(c => c.Name, c => c.Options), Random.Shared.NextDouble);
        return new OutboxWorker(dispatcher, time, new FollowUps(threads, events, settings.FollowUps, heartbeat, time));
    }

    private static ChannelHealth Health(ChannelSettings channel, ChannelOutcome? outcome) => new(
        channel.Name, channel.Type, channel.Target, outcome?.LastFailedAt is not { } failed || failed < outcome.LastDeliveredAt,
        outcome?.LastDeliveredAt, outcome?.LastError, outcome?.Waiting ?? 0, outcome?.Failed ?? 0);
}
