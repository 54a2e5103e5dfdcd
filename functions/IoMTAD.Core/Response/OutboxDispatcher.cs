namespace IoMTAD.Response;

/// <summary>Delivers what is committed: one message per request, again after a failure, given up visibly in the end.</summary>
/// <param name="options">By channel; a channel that is absent has the default ones.</param>
/// <param name="random">From 0 to 1, for the waits between attempts; null takes the longest waits.</param>
public sealed class OutboxDispatcher(
    IOutbox outbox, IEnumerable<INotifier> notifiers, TimeProvider time, IReadOnlyDictionary<string, ChannelOptions>? options = null,
    Func<double>? random = null)
{
    private readonly Dictionary<string, INotifier> byChannel = notifiers.ToDictionary(n => n.Channel);

    public IReadOnlyCollection<string> Channels => byChannel.Keys;

    /// <summary>Tries what is due of one channel, as many messages as may be in flight.</summary>
    public async Task<Dispatched> DispatchAsync(string channel, CancellationToken cancellation = default)
    {
        var (notifier, settings) = (byChannel[channel], OptionsOf(channel));
        var taken = await outbox.TakeAsync(channel, queue => DispatchRules.Plan(queue, settings, notifier.TellsRepeats),
            time.GetUtcNow(), settings.Timeout + settings.LeaseMargin, cancellation);
        var delivered = await Task.WhenAll(taken.Messages.Select(m => SendAsync(m, notifier, settings)));
        return new(taken.Messages.Count, delivered.Count(d => d), taken.NextAt);
    }

    /// <summary>Gives up what waits for channels that nobody has configured.</summary>
    public async Task GiveUpStrangersAsync(CancellationToken cancellation = default)
    {
        foreach (var channel in await outbox.ChannelsAsync(cancellation))
            if (!byChannel.ContainsKey(channel))
                await outbox.TakeAsync(channel, queue => DispatchRules.GiveUpAll(queue, $"no channel '{channel}' is configured"),
                    time.GetUtcNow(), TimeSpan.Zero, cancellation);
    }

    // Not to be cancelled: what was said and not recorded might be said again, and what was cut off may have been heard.
    private async Task<bool> SendAsync(OutboxMessage message, INotifier notifier, ChannelOptions settings)
    {
        message = message with { FirstAttemptAt = message.FirstAttemptAt ?? time.GetUtcNow() };
        var (remark, fault) = await TryAsync(message, notifier, settings);
        if (fault is null) await outbox.DeliveredAsync(message, time.GetUtcNow(), remark, CancellationToken.None);
        else await FailAsync(message, fault, notifier, settings);
        return fault is null;
    }

    private async Task<(string? Remark, Exception? Fault)> TryAsync(OutboxMessage message, INotifier notifier, ChannelOptions settings)
    {
        try
        {
            using var late = new CancellationTokenSource(settings.Timeout, time);
            // The notifier knows best what it broke off; one that does not listen must not hold up its channel.
            var sending = notifier.NotifyAsync(message.Notification, late.Token);
            return (await sending.WaitAsync(settings.Timeout + settings.LeaseMargin / 2, time), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
    }

    private async Task FailAsync(OutboxMessage message, Exception e, INotifier notifier, ChannelOptions settings)
    {
        var now = time.GetUtcNow();
        var (fault, wanted) = e switch
        {
            DeliveryException known => (known.Fault, known.RetryAt),
            OperationCanceledException or TimeoutException => (DeliveryFault.Unknown, null),
            _ => (DeliveryFault.Temporary, null),
        };
        var words = e is OperationCanceledException or TimeoutException
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no answer within {settings.Timeout.TotalSeconds:0.#} s")
            : e.Message;
        var giveUp = fault == DeliveryFault.Permanent || (fault == DeliveryFault.Unknown && !notifier.TellsRepeats && !settings.ResendUnknown);
        var retryAt = giveUp ? null : settings.Retry.Next(message.Attempts + 1, message.FirstAttemptAt ?? now, now, random?.Invoke() ?? 1);
        if (retryAt < wanted) retryAt = wanted;
        if (giveUp && fault == DeliveryFault.Unknown) words = $"outcome unknown: {words}";
        if ((wanted ?? (e is DeliveryException { IsRateLimit: true } ? retryAt : null)) is { } until)
            await outbox.PauseAsync(message.Notification.Channel, until, CancellationToken.None);
        await outbox.FailedAsync(message, words, now, retryAt, CancellationToken.None);
    }

    private ChannelOptions OptionsOf(string channel) => options?.GetValueOrDefault(channel) ?? ChannelOptions.Default;
}

/// <param name="Tried">Messages that were tried.</param>
/// <param name="Delivered">Of these.</param>
/// <param name="NextAt">When something is due next; null while nothing waits.</param>
public sealed record Dispatched(int Tried, int Delivered, DateTimeOffset? NextAt);
