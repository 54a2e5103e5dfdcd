using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;

namespace IoMTAD.Response;

/// <summary>Asks for what follows the first messages: escalations, fallbacks, recoveries, heartbeats. Several may work on one store.</summary>
/// <param name="heartbeat">Null for none.</param>
public sealed class FollowUps(
    IFollowUps threads, IEventStore store, FollowUpOptions options, HeartbeatOptions? heartbeat, TimeProvider time)
{
    private const int BatchSize = 200;

    private DateTimeOffset? beaten;

    /// <summary>When traffic was last processed, by the host's clock; null where none was yet.</summary>
    public DateTimeOffset? LastTraffic { get; set; }

    /// <returns>How many notifications were requested, and when there is something to do again.</returns>
    public async Task<(int Requested, DateTimeOffset? NextAt)> AskAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var requested = await BeatAsync(now, cancellation);
        for (var more = true; more;)
        {
            var due = await threads.ReadDueAsync(now, BatchSize, cancellation);
            foreach (var thread in due)
            {
                var (requests, nextAt) = FollowUpRules.Decide(thread.Thread, options, now);
                var asked = requests.Count > 0 ? (await RequestAsync(requests, now, cancellation)).Appended.Count : 0;
                requested += asked;
                // What was requested is an event of the thread: it will be looked at again.
                if (asked == 0) await threads.LookedAtAsync(thread, nextAt, cancellation);
            }
            more = due.Count > 0;
        }
        var next = await threads.NextDueAsync(cancellation);
        var beat = heartbeat is null ? null : beaten + heartbeat.Every;
        return (requested, next < beat || beat is null ? next : beat);
    }

    private async Task<int> BeatAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (heartbeat is null || Heartbeat.BeatAt(now, heartbeat.Every) is var beat && beat == beaten) return 0;
        var figures = await threads.ReadFiguresAsync(LastTraffic, cancellation);
        var requests = Heartbeat.Requests(heartbeat, figures, now).ToList();
        var committed = await RequestAsync(requests, now, cancellation);
        beaten = beat;
        return committed.Appended.Count;
    }

    private Task<CommitResult> RequestAsync(IEnumerable<NotificationRequested> requests, DateTimeOffset now, CancellationToken cancellation) =>
        store.CommitAsync(new Commit([.. requests.Select(r => new StreamAppend(
            NotificationIds.StreamOf(r.IncidentId, r.Channel), null, [new NewEvent(r.NotificationId, r, now)]))]), cancellation);
}
