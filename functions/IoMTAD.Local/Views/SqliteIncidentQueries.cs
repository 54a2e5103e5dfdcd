using System.Globalization;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>Pages of incidents: the narrow index says which, their rows are read whole.</summary>
internal sealed class SqliteIncidentQueries(SqliteDatabase database)
{
    /// <exception cref="FormatException">The query's <c>After</c> is none of this list's.</exception>
    public async Task<Page<Incident>> PageAsync(IncidentQuery query, CancellationToken cancellation)
    {
        var list = $"incidents {query.Sort} {query.Descending}";
        var cursor = PageCursor.Read(query.After, list);
        await using var connection = database.Connect();
        var (sort, direction) = (ColumnOf(query.Sort), query.Descending ? "DESC" : "ASC");
        var question = Ask(connection, query);
        if (question.IsEmpty) return new Page<Incident>([], null);
        question.After(cursor, sort, "number", query.Descending);
        var limit = PageLimit.Of(query.Limit);
        await using var command = question.Command(connection, $"""
            SELECT page.number, page.sort, r.data FROM
                (SELECT number, incident, {sort} AS sort FROM incident_index {question.Where(Through(query))}
                    ORDER BY {sort} {direction}, number {direction} LIMIT {limit + 1}) AS page
                CROSS JOIN view_rows AS r ON r.view = 'incidents' AND r.key = page.incident
            ORDER BY page.sort {direction}, page.number {direction}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Incident> incidents = [];
        string? next = null;
        while (await reader.ReadAsync(cancellation))
        {
            if (incidents.Count == limit) return new Page<Incident>(incidents, next);
            incidents.Add(ViewJson.Read<Incident>(reader.GetString(2)));
            next = new PageCursor(list, reader.GetInt64(1), reader.GetInt64(0).ToString(CultureInfo.InvariantCulture)).ToString();
        }
        return new Page<Incident>(incidents, null);
    }

    private static SqliteQuestion Ask(SqliteConnection connection, IncidentQuery query)
    {
        var question = new SqliteQuestion();
        if (query.Open is { } open) question.Add("open", "=", open ? 1L : 0L);
        if (query.DeviceId is { } device) question.AddName("device", connection.NumberOf(SqliteNames.Device, device));
        if (query.Ward is { } ward) question.AddName("ward", connection.NumberOf(SqliteNames.Ward, ward));
        if (query.Kind is { } kind) question.Add("kind", "=", (long)kind);
        if (query.Class is { } name) question.AddName("class", connection.NumberOf(SqliteNames.Class, name));
        if (query.Severity is { } severity) question.Add("severity", ">=", (long)severity);
        if (query.Disposition is { } disposition) question.Add("disposition", "=", (long)disposition);
        question.AddTimes("opened_at", query.From, query.To);
        return question;
    }

    /// <summary>A device has few incidents; of all, those open or closed are in the order of their opening.</summary>
    private static string[] Through(IncidentQuery query) => query switch
    {
        { DeviceId: not null } => ["device", "opened_at"],
        { Sort: IncidentSort.OpenedAt, Open: not null } => ["open", "opened_at"],
        { Sort: IncidentSort.OpenedAt } => ["opened_at"],
        { Open: not null } => ["open"],
        _ => [],
    };

    private static string ColumnOf(IncidentSort sort) => sort switch
    {
        IncidentSort.OpenedAt => "opened_at",
        IncidentSort.LastSeenAt => "seen_at",
        IncidentSort.Severity => "severity",
        IncidentSort.Score => "score",
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "no such order"),
    };
}
