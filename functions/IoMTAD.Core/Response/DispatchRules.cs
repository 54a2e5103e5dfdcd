using IoMTAD.Policy.Notifications;

namespace IoMTAD.Response;

/// <summary>Decides what goes out of a channel's queue now: quiet hours, pauses, what is left of a crash, and what is told together.</summary>
/// <remarks>No message is ever dropped: it is sent, gathered into a digest, deferred, given up for people to see, or left in the queue.</remarks>
public static class DispatchRules
{
    public const string OutcomeUnknown = "outcome unknown: the process ended while it was being sent";

    /// <param name="tellsRepeats">See <see cref="INotifier.TellsRepeats"/>.</param>
    public static DispatchPlan Plan(ChannelQueue queue, ChannelOptions options, bool tellsRepeats)
    {
        var mayRepeat = tellsRepeats || options.ResendUnknown;
        List<(OutboxMessage, string)> givenUp = [];
        if (!mayRepeat) givenUp.AddRange(queue.Abandoned.Select(m => (m, OutcomeUnknown)));
        var due = queue.Due.Concat(mayRepeat ? queue.Abandoned : []).OrderByDescending(m => m.Notification.Severity).ToList();
        if (queue.PausedUntil is { } paused && paused > queue.Now) return Nothing(queue) with { GivenUp = givenUp, LookAgainAt = paused };

        List<(OutboxMessage, DateTimeOffset)> deferred = [];
        List<OutboxMessage> sendable = [];
        foreach (var message in due)
            if (QuietUntil(message, queue.Now, options) is { } until) deferred.Add((message, until));
            else sendable.Add(message);
        return Choose(queue, options, sendable) with { Deferred = deferred, GivenUp = givenUp };
    }

    /// <summary>Nobody is configured who could send what waits there.</summary>
    public static DispatchPlan GiveUpAll(ChannelQueue queue, string error) =>
        Nothing(queue) with { GivenUp = [.. queue.Due.Concat(queue.Abandoned).Select(m => (m, error))] };

    private static DateTimeOffset? QuietUntil(OutboxMessage message, DateTimeOffset now, ChannelOptions options) =>
        Digest.MayGather(message.Notification.Purpose) ? options.QuietHours?.Defer(message.Notification.Severity, now) : null;

    private static DispatchPlan Choose(ChannelQueue queue, ChannelOptions options, List<OutboxMessage> sendable)
    {
        var free = options.MaxInFlight - queue.InFlight;
        if (free <= 0 || sendable.Count == 0) return Nothing(queue);
        if (options.Digest is not { } digest) return Nothing(queue) with { Send = [.. sendable.Take(free)] };

        // What was tried before has had its place in a window.
        var fresh = sendable.Where(m => m.Attempts == 0 && Digest.MayGather(m.Notification.Purpose)).ToList();
        var others = sendable.Except(fresh).ToList();
        var goesOn = queue.WindowStart + digest.Window > queue.Now;
        var (start, sent) = goesOn ? (queue.WindowStart, queue.WindowMessages) : (queue.Now, 0);
        if (sent + fresh.Count <= digest.MostMessages)
        {
            OutboxMessage[] send = [.. others.Concat(fresh).Take(free)];
            return Windowed(queue, start, sent + send.Intersect(fresh).Count()) with { Send = send };
        }
        if (sent >= digest.MostMessages)
            return Windowed(queue, start, sent) with { Send = [.. others.Take(free)], LookAgainAt = start + digest.Window };
        var gathered = new OutboxMessage(Digest.Of([.. fresh.Select(m => m.Notification)]), 0);
        return Windowed(queue, start, sent + 1) with { Send = [gathered, .. others.Take(free - 1)], Digest = gathered, Gathered = fresh };
    }

    private static DispatchPlan Nothing(ChannelQueue queue) => Windowed(queue, queue.WindowStart, queue.WindowMessages);

    private static DispatchPlan Windowed(ChannelQueue queue, DateTimeOffset? start, int messages) =>
        new([], [], [], null) { WindowStart = messages == 0 && start == queue.Now ? null : start, WindowMessages = messages };
}
