using IoMTAD.Api.Desks;
using IoMTAD.Local.Views;
using IoMTAD.Policy.Notifications;
using IoMTAD.Views;

namespace IoMTAD.Local.Response;

/// <summary>A store's notifications, for the page and the API.</summary>
/// <param name="wake">Called when something was put back into the outbox; nothing where no watch sends it.</param>
internal sealed class NotificationDesk(Notifications notifications, SqliteNotificationQueries rows, TimeProvider time, Action wake) : INotificationDesk
{
    private const int LettersShown = 50;

    public Task<NotificationFigures> CountAsync(CancellationToken cancellation = default) => notifications.Outbox.CountAsync(cancellation);

    public Task<Page<NotificationRow>> ListAsync(MessageState? state, string? after, int limit, CancellationToken cancellation = default) =>
        rows.PageAsync(state, after, limit, cancellation);

    public Task<IReadOnlyList<ChannelHealth>> ReadHealthAsync(CancellationToken cancellation = default) => notifications.ReadHealthAsync(cancellation);

    public async Task<IReadOnlyList<Letter>?> ReadLettersAsync(CancellationToken cancellation = default)
    {
        if (notifications.FileChannel is not { } channel) return null;
        List<Letter> letters = [];
        foreach (var written in await notifications.ReadFileAsync(LettersShown, cancellation))
        {
            var row = await rows.FindAsync(written.NotificationId, cancellation);
            var text = notifications.TextOf(written);
            letters.Add(new Letter(row?.DeliveredAt ?? row?.RequestedAt ?? time.GetUtcNow(), channel.Name, channel.Target, text.Subject, text.Body, written.IncidentId));
        }
        return letters;
    }

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
