namespace IoMTAD.Policy.Notifications;

using IoMTAD.Policy.Incidents;

/// <summary>What is to be asked for now, and when to look again.</summary>
/// <param name="NextAt">Null where only another event can change anything.</param>
public sealed record FollowUp(IReadOnlyList<NotificationRequested> Requests, DateTimeOffset? NextAt);

/// <summary>Decides about escalation, fallback and recovery. Each asks a channel once per incident.</summary>
public static class FollowUpRules
{
    public static FollowUp Decide(NotificationThread thread, FollowUpOptions options, DateTimeOffset now)
    {
        List<NotificationRequested> requests = [];
        if (thread.Closed is { } closed)
        {
            if (options.Recovery) Recover(thread, closed, requests);
            return new(requests, null);
        }
        if (thread.IsAcknowledged) return new(requests, null);
        FallBack(thread, options, requests);
        return new(requests, Escalate(thread, options, now, requests));
    }

    private static void Recover(NotificationThread thread, string closed, List<NotificationRequested> requests)
    {
        foreach (var channel in thread.Messages
            .Where(m => m.State == MessageState.Delivered && m.Purpose != NotificationPurpose.Recovery).Select(m => m.Channel).Distinct())
            Ask(thread, NotificationPurpose.Recovery, channel, closed, requests);
    }

    /// <summary>Fallbacks have fallbacks of their own. A channel that has been told already, or is about to be, stands in for nobody.</summary>
    private static void FallBack(NotificationThread thread, FollowUpOptions options, List<NotificationRequested> requests)
    {
        foreach (var message in thread.Messages.Where(m => m.State != MessageState.Delivered && m.Purpose != NotificationPurpose.Recovery))
        {
            if (!options.Fallbacks.TryGetValue(message.Channel, out var fallback)) continue;
            if (message.State != MessageState.Failed && !(message.Failures >= fallback.AfterFailures)) continue;
            if (thread.Messages.Any(m => m.Channel == fallback.Channel && m.State != MessageState.Failed)) continue;
            Ask(thread, NotificationPurpose.Fallback, fallback.Channel, thread.Text, requests);
        }
    }

    /// <returns>When the next step is due.</returns>
    private static DateTimeOffset? Escalate(
        NotificationThread thread, FollowUpOptions options, DateTimeOffset now, List<NotificationRequested> requests)
    {
        if (thread.FirstOutcomeAt is not { } start) return null;
        DateTimeOffset? next = null;
        foreach (var step in options.Escalation.Where(s => thread.Severity >= s.MinimumSeverity))
        {
            if (start + step.After is var due && due > now) next = next < due ? next : due;
            else
                foreach (var channel in step.Channels)
                    Ask(thread, NotificationPurpose.Escalation, channel, $"Nobody has acknowledged this yet. {thread.Text}", requests);
        }
        return next;
    }

    private static void Ask(
        NotificationThread thread, NotificationPurpose purpose, string channel, string text, List<NotificationRequested> requests)
    {
        if (thread.Has(purpose, channel) || requests.Any(r => r.Purpose == purpose && r.Channel == channel)) return;
        var id = NotificationIds.For(thread.IncidentId, purpose, channel);
        requests.Add(new NotificationRequested(id, thread.IncidentId, channel, thread.Severity, thread.Device, text)
        {
            Purpose = purpose, Since = thread.Since,
        });
    }
}
