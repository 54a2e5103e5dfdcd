using IoMTAD.Policy.Notifications;

namespace IoMTAD.Response;

/// <param name="Revision">Changes with each event of the incident.</param>
public sealed record DueThread(NotificationThread Thread, long Revision);

/// <summary>Who was told of which incident: kept with the events, in their transactions.</summary>
public interface IFollowUps
{
    /// <summary>Threads in which something happened since they were looked at, or a step is due.</summary>
    Task<IReadOnlyList<DueThread>> ReadDueAsync(DateTimeOffset now, int most, CancellationToken cancellation = default);

    /// <summary>Has been looked at; without effect if something happened meanwhile.</summary>
    /// <param name="nextAt">Null where only another event can change anything.</param>
    Task LookedAtAsync(DueThread thread, DateTimeOffset? nextAt, CancellationToken cancellation = default);

    /// <returns>When a thread is due next; null while none is.</returns>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default);

    /// <param name="lastTraffic">When traffic was last processed here; null where none was: then the newest on record counts.</param>
    Task<WatchFigures> ReadFiguresAsync(DateTimeOffset? lastTraffic, CancellationToken cancellation = default);
}
