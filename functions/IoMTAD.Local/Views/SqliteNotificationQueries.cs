using System.Globalization;
using IoMTAD.Hosting.Response;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Notifications;
using IoMTAD.Views;

namespace IoMTAD.Local.Views;

/// <summary>Pages of notifications, newest first.</summary>
internal sealed class SqliteNotificationQueries(SqliteDatabase database, SqliteViews views) : INotificationReads
{
    private const string List = "notifications";

    public async Task<NotificationRow?> FindAsync(string id, CancellationToken cancellation = default)
    {
        await views.CatchUpAsync(cancellation);
        return await database.FindRowAsync(new NotificationsView(), id, cancellation);
    }

    /// <exception cref="FormatException"><paramref name="after"/> is no place in this list.</exception>
    public async Task<Page<NotificationRow>> PageAsync(MessageState? state, string? after, int limit, CancellationToken cancellation = default)
    {
        await views.CatchUpAsync(cancellation);
        limit = PageLimit.Of(limit);
        var cursor = PageCursor.Read(after, List);
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        // As the indexes have it: see the schema. The time is text of one form, so it sorts as time does.
        command.CommandText = $"""
            SELECT data, json_extract(data, '$.requestedAt'), key FROM view_rows
            WHERE view = 'notifications' {(state is null ? "" : "AND json_extract(data, '$.state') = $state")}
                {(cursor is null ? "" : "AND (json_extract(data, '$.requestedAt'), key) < ($at, $key)")}
            ORDER BY json_extract(data, '$.requestedAt') DESC, key DESC LIMIT {(limit + 1).ToString(CultureInfo.InvariantCulture)}
            """;
        if (state is { } wanted) command.Parameters.AddWithValue("$state", wanted.ToString());
        if (cursor?.Key.Split(' ', 2) is { } place)
        {
            command.Parameters.AddWithValue("$at", place[0]);
            command.Parameters.AddWithValue("$key", place[^1]);
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<NotificationRow> rows = [];
        var last = "";
        while (await reader.ReadAsync(cancellation))
        {
            if (rows.Count == limit) return new(rows, new PageCursor(List, 0, last).ToString());
            rows.Add(ViewJson.Read<NotificationRow>(reader.GetString(0)));
            last = $"{reader.GetString(1)} {reader.GetString(2)}";
        }
        return new(rows, null);
    }
}
