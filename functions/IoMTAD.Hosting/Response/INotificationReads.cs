using IoMTAD.Policy.Notifications;
using IoMTAD.Views;

namespace IoMTAD.Hosting.Response;

/// <summary>Notifications as a store's read models have them.</summary>
public interface INotificationReads
{
    /// <returns>Null where there is none of this id.</returns>
    Task<NotificationRow?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>Newest first.</summary>
    /// <param name="state">Null for all.</param>
    /// <exception cref="FormatException"><paramref name="after"/> is no place in this list.</exception>
    Task<Page<NotificationRow>> PageAsync(MessageState? state, string? after, int limit, CancellationToken cancellation = default);
}
