using System.Data.Common;
using IoMTAD.Api.Desks;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Recording;
using IoMTAD.Response;

namespace IoMTAD.Hosting.Response;

/// <summary>The outbox beside the events it comes from: what became of a message is an event, stored with the message's going.</summary>
/// <param name="owner">Who holds the leases taken here, for people who look at the table.</param>
/// <param name="isAlive">Whether another owner is; null where that cannot be known, and only time ends a lease.</param>
public sealed class SqlOutbox(ITransactionalStore store, string owner, Func<string, bool>? isAlive = null) : IOutbox
{
    public async Task<IReadOnlyList<string>> ChannelsAsync(CancellationToken cancellation = default) =>
        await store.QueryAsync("SELECT DISTINCT channel FROM outbox WHERE due_at IS NOT NULL ORDER BY channel", r => r.GetString(0), cancellation);

    public Task<TakenMessages> TakeAsync(
        string channel, Func<ChannelQueue, DispatchPlan> plan, DateTimeOffset now, TimeSpan lease, CancellationToken cancellation = default) =>
        store.WriteAsync(async transaction =>
        {
            await EndOfTheDeadAsync(transaction, channel, now);
            var planned = plan(await OutboxQueue.ReadAsync(transaction, channel, now));
            foreach (var (message, error) in planned.GivenUp)
                await FailAsync(transaction, message with { Attempts = Math.Max(0, message.Attempts - 1) }, error, now, null);
            foreach (var (message, until) in planned.Deferred) await OutboxQueue.DeferAsync(transaction, message.Id, until);
            if (planned.Digest is { } digest) await GatherAsync(transaction, digest, planned.Gathered, now);
            foreach (var message in planned.Send) await OutboxQueue.BeginAsync(transaction, message.Id, owner, now, now + lease);
            await OutboxChannels.KeepWindowAsync(transaction, channel, planned);
            return new TakenMessages(planned.Send, planned.LookAgainAt ?? await OutboxQueue.NextAtAsync(transaction, channel, now));
        }, cancellation);

    public Task DeliveredAsync(OutboxMessage message, DateTimeOffset now, string? remark = null, CancellationToken cancellation = default) =>
        store.WriteAsync(async transaction =>
        {
            foreach (var member in await MembersAsync(transaction, message)) await SettleAsync(member, message.Id);
            await SettleAsync(message, null);
            return 0;

            async Task SettleAsync(OutboxMessage settled, string? digest)
            {
                var n = settled.Notification;
                await RecordAsync(transaction, settled, new NotificationDelivered(n.NotificationId, n.IncidentId, n.Channel, message.Attempts + 1)
                {
                    DigestId = digest, Remark = remark,
                }, message.Attempts + 1, now);
                await OutboxQueue.RemoveAsync(transaction, settled.Id);
            }
        }, cancellation);

    public Task FailedAsync(
        OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt, CancellationToken cancellation = default) =>
        store.WriteAsync(async transaction =>
        {
            await FailAsync(transaction, message, error, now, retryAt);
            return 0;
        }, cancellation);

    /// <summary>How many messages wait, and how many were given up.</summary>
    public async Task<NotificationFigures> CountAsync(CancellationToken cancellation = default) => (await store.QueryAsync(
        "SELECT COUNT(due_at), COUNT(*) - COUNT(due_at) FROM outbox", r => new NotificationFigures((int)r.GetInt64(0), (int)r.GetInt64(1)), cancellation))[0];

    public Task PauseAsync(string channel, DateTimeOffset until, CancellationToken cancellation = default) =>
        store.WriteAsync(transaction => OutboxChannels.PauseAsync(transaction, channel, until), cancellation);

    public Task<bool> ResendAsync(string notificationId, string by, DateTimeOffset now, CancellationToken cancellation = default) =>
        store.WriteAsync(async transaction =>
        {
            if (await OutboxQueue.ReadGivenUpAsync(transaction, notificationId) is not { } message) return false;
            var n = message.Notification;
            await RecordAsync(transaction, message, new NotificationResent(n.NotificationId, n.IncidentId, n.Channel, by), message.Attempts, now);
            await OutboxQueue.RenewAsync(transaction, notificationId, now);
            return true;
        }, cancellation);

    /// <summary>How each channel is: of what waits and failed, and of the last outcomes. A channel that nothing was sent by is absent.</summary>
    public async Task<IReadOnlyList<ChannelOutcome>> ReadOutcomesAsync(CancellationToken cancellation = default) => await store.QueryAsync(
        """
        SELECT channel, MAX(delivered_at), MAX(failed_at), MAX(error), SUM(waiting), SUM(failed) FROM (
            SELECT channel, delivered_at, failed_at, error, 0 AS waiting, 0 AS failed FROM outbox_channels UNION ALL
            SELECT channel, NULL, NULL, NULL, CASE WHEN due_at IS NULL THEN 0 ELSE 1 END, CASE WHEN due_at IS NULL THEN 1 ELSE 0 END FROM outbox) AS each_one
        GROUP BY channel ORDER BY channel
        """,
        r => new ChannelOutcome(
            r.GetString(0), r.Time(1), r.Time(2), r.IsDBNull(3) ? null : r.GetString(3), (int)r.GetInt64(4), (int)r.GetInt64(5)), cancellation);

    private async Task EndOfTheDeadAsync(DbTransaction transaction, string channel, DateTimeOffset now)
    {
        if (isAlive is null) return;
        foreach (var other in await OutboxQueue.ReadOwnersAsync(transaction, channel, owner, now))
            if (!isAlive(other)) await OutboxQueue.EndLeasesAsync(transaction, channel, other, now);
    }

    private async Task GatherAsync(DbTransaction transaction, OutboxMessage digest, IReadOnlyList<OutboxMessage> members, DateTimeOffset now)
    {
        await AppendAsync(transaction, digest.Notification, digest.Id, digest.Notification, now);
        foreach (var member in members) await OutboxQueue.GatherAsync(transaction, member.Id, digest.Id);
    }

    /// <summary>Those that a digest stands for share its fate.</summary>
    private static async Task<IReadOnlyList<OutboxMessage>> MembersAsync(DbTransaction transaction, OutboxMessage message) =>
        message.Notification.Purpose == NotificationPurpose.Digest ? await OutboxQueue.ReadMembersAsync(transaction, message.Id) : [];

    private async Task FailAsync(DbTransaction transaction, OutboxMessage message, string error, DateTimeOffset now, DateTimeOffset? retryAt)
    {
        var isDigest = message.Notification.Purpose == NotificationPurpose.Digest;
        foreach (var member in (await MembersAsync(transaction, message)).Append(message))
        {
            var (n, attempt) = (member.Notification, message.Attempts + 1);
            var failed = new NotificationFailed(n.NotificationId, n.IncidentId, n.Channel, attempt, error, WillRetry: retryAt is not null);
            await RecordAsync(transaction, member, failed, attempt, now);
            if (retryAt is null && isDigest && member.Id == message.Id) await OutboxQueue.RemoveAsync(transaction, member.Id);
            else if (retryAt is null) await OutboxQueue.GiveUpAsync(transaction, member.Id, attempt, error);
            else if (member.Id == message.Id) await OutboxQueue.RetryAsync(transaction, member.Id, attempt, error, retryAt.Value);
        }
    }

    private Task RecordAsync(DbTransaction transaction, OutboxMessage message, DomainEvent @event, int attempt, DateTimeOffset now) =>
        AppendAsync(transaction, message.Notification,
            EventId.From($"{EventTypes.NameOf(@event)} {message.Notification.NotificationId} {message.Earlier + attempt}"), @event, now);

    private Task<CommitResult> AppendAsync(DbTransaction transaction, NotificationRequested of, string id, DomainEvent @event, DateTimeOffset now) =>
        store.AppendAsync(transaction, new Commit(
            [new StreamAppend(NotificationIds.StreamOf(of.IncidentId, of.Channel), ExpectedVersion: null, [new NewEvent(id, @event, now)])]));
}

/// <param name="LastError">Of the last attempt that failed, or whom the last message did not reach.</param>
public sealed record ChannelOutcome(
    string Channel, DateTimeOffset? LastDeliveredAt, DateTimeOffset? LastFailedAt, string? LastError, int Waiting, int Failed);
