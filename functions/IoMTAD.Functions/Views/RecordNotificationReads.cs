using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Hosting.Views;
using IoMTAD.Policy.Notifications;
using IoMTAD.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Pages of notifications, newest first.</summary>
/// <param name="views">Brings the rows up to the record where they are behind it.</param>
public sealed class RecordNotificationReads(NpgsqlDataSource source, ITransactionalStore store, RecordViews views) : INotificationReads
{
    private const string List = "notifications";

    public async Task<NotificationRow?> FindAsync(string id, CancellationToken cancellation = default)
    {
        await views.CatchUpAsync(store, null, cancellation);
        return await source.FindRowAsync(new NotificationsView(), id, cancellation);
    }

    public async Task<Page<NotificationRow>> PageAsync(MessageState? state, string? after, int limit, CancellationToken cancellation = default)
    {
        await views.CatchUpAsync(store, null, cancellation);
        limit = PageLimit.Of(limit);
        var question = new RecordQuestion();
        if (state is { } wanted) question.Add("state", "=", (int)wanted);
        if (PageCursor.Read(after, List) is { } cursor) question.After("requested_at", cursor.Sort, "notification", cursor.Key, descending: true);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = question.Command(connection, $"""
            SELECT r.data, page.requested_at, page.notification FROM (
                SELECT requested_at, notification FROM notification_index
                {question.Where} ORDER BY requested_at DESC, notification DESC LIMIT {limit + 1}) AS page
            JOIN view_rows AS r ON r.view = 'notifications' AND r.key = page.notification
            ORDER BY page.requested_at DESC, page.notification DESC
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<NotificationRow> rows = [];
        string? next = null;
        while (await reader.ReadAsync(cancellation))
        {
            if (rows.Count == limit) return new(rows, next);
            rows.Add(ViewJson.Read<NotificationRow>(reader.GetString(0)));
            next = new PageCursor(List, reader.GetInt64(1), reader.GetString(2)).ToString();
        }
        return new(rows, null);
    }
}
