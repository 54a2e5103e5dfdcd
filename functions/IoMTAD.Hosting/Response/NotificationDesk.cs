using IoMTAD.Api.Desks;
using IoMTAD.Policy.Notifications;
using IoMTAD.Views;

namespace IoMTAD.Hosting.Response;

/// <summary>A store's notifications, for the page and the API.</summary>
/// <param name="wake">Called when something was put back into the outbox; nothing where no watch sends it.</param>
/// <param name="letters">What was written to a file in place of being sent; null where the host has no such channel.</param>
public sealed class NotificationDesk(
    Notifications notifications, INotificationReads rows, TimeProvider time, Action wake,
    Func<CancellationToken, Task<IReadOnlyList<Letter>?>>? letters = null) : INotificationDesk
{
    public Task<NotificationFigures> CountAsync(CancellationToken cancellation = default) => notifications.Outbox.CountAsync(cancellation);

    public Task<Page<NotificationRow>> ListAsync(MessageState? state, string? after, int limit, CancellationToken cancellation = default) =>
        rows.PageAsync(state, after, limit, cancellation);

    public Task<IReadOnlyList<ChannelHealth>> ReadHealthAsync(CancellationToken cancellation = default) => notifications.ReadHealthAsync(cancellation);

    public Task<IReadOnlyList<Letter>?> ReadLettersAsync(CancellationToken cancellation = default) =>
        letters?.Invoke(cancellation) ?? Task.FromResult<IReadOnlyList<Letter>?>(null);

    public async Task<ActOutcome<NotificationRow>> ResendAsync(string id, string by, CancellationToken cancellation = default)
    {
        if (await rows.FindAsync(id, cancellation) is not { } row) return ActOutcome<NotificationRow>.NotFound($"notification {id}");
        if (!await notifications.Outbox.ResendAsync(id, by, time.GetUtcNow(), cancellation))
            return ActOutcome<NotificationRow>.Refused($"notification {id} is {row.State.ToString().ToLowerInvariant()}: only what was given up is sent again");
        wake();
        return (await rows.FindAsync(id, cancellation))!;
    }

    public async Task<ActOutcome<TestResult>> TestAsync(string channel, CancellationToken cancellation = default)
    {
        if (notifications.NotifierOf(channel) is null) return ActOutcome<TestResult>.NotFound($"channel '{channel}'");
        var (fault, remark) = await notifications.TestAsync(channel, cancellation);
        return new TestResult(fault is null, fault ?? remark);
    }
}
