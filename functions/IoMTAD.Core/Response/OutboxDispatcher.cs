namespace IoMTAD.Response;

/// <summary>Delivers what is committed: one message per request, again after a failure, given up visibly in the end.</summary>
public sealed class OutboxDispatcher(IOutbox outbox, IEnumerable<INotifier> notifiers, TimeProvider time)
{
    private const int BatchSize = 50;
    private readonly Dictionary<string, INotifier> byChannel = notifiers.ToDictionary(n => n.Channel);

    /// <summary>Tries each message that is due once.</summary>
    /// <returns>How many were tried.</returns>
    public async Task<int> DispatchAsync(CancellationToken cancellation = default)
    {
        var messages = await outbox.ReadDueAsync(time.GetUtcNow(), BatchSize, cancellation);
        foreach (var message in messages)
        {
            var error = await TryNotifyAsync(message, cancellation);
            var now = time.GetUtcNow();
            // Not to be cancelled: what was said and not recorded would be said again.
            if (error is null) await outbox.DeliveredAsync(message, now, CancellationToken.None);
            else await outbox.FailedAsync(message, error, now, now + RetrySchedule.After(message.Attempts + 1), CancellationToken.None);
        }
        return messages.Count;
    }

    private async Task<string?> TryNotifyAsync(OutboxMessage message, CancellationToken cancellation)
    {
        if (!byChannel.TryGetValue(message.Notification.Channel, out var notifier))
            return $"no notifier is configured for channel '{message.Notification.Channel}'";
        try
        {
            await notifier.NotifyAsync(message.Notification, cancellation);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return e.Message;
        }
    }
}
