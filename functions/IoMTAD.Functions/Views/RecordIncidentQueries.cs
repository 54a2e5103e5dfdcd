using System.Globalization;
using IoMTAD.Hosting.Views;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Pages of incidents: the narrow index says which, their rows are read whole.</summary>
internal sealed class RecordIncidentQueries(NpgsqlDataSource source)
{
    /// <exception cref="FormatException">The query's <c>After</c> is none of this list's.</exception>
    public async Task<Page<Incident>> PageAsync(IncidentQuery query, CancellationToken cancellation)
    {
        var list = $"incidents {query.Sort} {query.Descending}";
        var (sort, direction) = (ColumnOf(query.Sort), query.Descending ? "DESC" : "ASC");
        var question = Ask(query);
        question.After(PageCursor.Read(query.After, list), sort, "number", query.Descending);
        var limit = PageLimit.Of(query.Limit);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = question.Command(connection, $"""
            SELECT page.number, page.sort, r.data FROM (
                SELECT number, incident, {sort}::bigint AS sort FROM incident_index
                {question.Where} ORDER BY {sort} {direction}, number {direction} LIMIT {limit + 1}) AS page
            JOIN view_rows AS r ON r.view = 'incidents' AND r.key = page.incident
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

    private static RecordQuestion Ask(IncidentQuery query)
    {
        var question = new RecordQuestion();
        if (query.Open is { } open) question.AddOther(open ? "open" : "NOT open");
        question.AddName("device", query.DeviceId);
        question.AddName("ward", query.Ward);
        if (query.Kind is { } kind) question.Add("kind", "=", (int)kind);
        question.AddName("class", query.Class);
        if (query.Severity is { } severity) question.Add("severity", ">=", (int)severity);
        if (query.Disposition is { } disposition) question.Add("disposition", "=", (int)disposition);
        question.AddTimes("opened_at", query.From, query.To);
        return question;
    }

    private static string ColumnOf(IncidentSort sort) => sort switch
    {
        IncidentSort.OpenedAt => "opened_at",
        IncidentSort.LastSeenAt => "seen_at",
        IncidentSort.Severity => "severity",
        IncidentSort.Score => "score",
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "no such order"),
    };
}
