using System.Globalization;
using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Views;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Views;
using Npgsql;
using EventRow = IoMTAD.Views.EventRow;
using StoredRow = IoMTAD.Functions.Recording.EventRow;

namespace IoMTAD.Functions.Views;

/// <summary>Pages of events: the narrow index says which, the events themselves are read whole.</summary>
internal sealed class RecordEventQueries(NpgsqlDataSource source)
{
    // Of the columns below, the event's own come first.
    private const int Position = 8, Sort = 9;

    /// <exception cref="FormatException">The query's <c>After</c> is none of this list's.</exception>
    public async Task<Page<EventRow>> PageAsync(EventQuery query, CancellationToken cancellation)
    {
        var list = $"events {query.Sort} {query.Descending}";
        var (sort, direction) = (ColumnOf(query.Sort), query.Descending ? "DESC" : "ASC");
        var question = Ask(query);
        question.After(PageCursor.Read(query.After, list), sort, "e.position", query.Descending);
        var limit = PageLimit.Of(query.Limit);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = question.Command(connection, $"""
            SELECT {StoredRow.Columns}, page.* FROM (
                SELECT e.position, {sort} AS sort, i.incident, e.device, e.ward, i.kind, i.class, i.severity, e.score, i.disposition
                FROM event_index AS e LEFT JOIN incident_index AS i ON i.incident = e.incident
                {question.Where} ORDER BY {sort} {direction}, e.position {direction} LIMIT {limit + 1}) AS page
            LEFT JOIN mt_events ON (data ->> 'position')::bigint = page.position
            ORDER BY page.sort {direction}, page.position {direction}
            """);
        List<EventRow> found = [];
        string? next = null;
        var rows = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (rows++ == limit) return new Page<EventRow>(found, next);
            next = new PageCursor(list, reader.GetInt64(Sort), reader.GetInt64(Position).ToString(CultureInfo.InvariantCulture)).ToString();
            // A row whose event was deleted behind the store's back has nothing to show: verification names it.
            if (!reader.IsDBNull(0)) found.Add(Row(reader));
        }
        return new Page<EventRow>(found, null);
    }

    private static EventRow Row(NpgsqlDataReader r) => new(StoredRow.Read(r), r.Text(10), r.Text(11), r.Text(12), (IncidentKind?)r.Number(13), r.Text(14),
        (Severity?)r.Number(15), ScoreOrder.From(r.GetInt64(16)), (Disposition?)r.Number(17));

    private static RecordQuestion Ask(EventQuery query)
    {
        var question = new RecordQuestion();
        question.AddName("e.device", query.DeviceId);
        question.AddName("e.ward", query.Ward);
        if (query.Kind is { } kind) question.Add("i.kind", "=", (int)kind);
        question.AddName("i.class", query.Class);
        if (query.Severity is { } severity) question.Add("i.severity", ">=", (int)severity);
        if (query.Disposition is { } disposition) question.Add("i.disposition", "=", (int)disposition);
        question.AddName("e.type", query.Type);
        question.AddName("e.incident", query.IncidentId);
        if (query.MinScore is { } least) question.Add("e.score", ">=", ScoreOrder.Of(least));
        if (query.MaxScore is { } most)
        {
            question.Add("e.score", "<=", ScoreOrder.Of(most));
            question.Add("e.score", ">", ScoreOrder.NaN);
        }
        question.AddTimes("e.time", query.From, query.To);
        if (query.Feature is { } feature) question.Add("e.features", "@>", (string[])[IndexText.Of(feature)]);
        return question;
    }

    private static string ColumnOf(EventSort sort) => sort switch
    {
        EventSort.Time => "e.time",
        EventSort.Score => "e.score",
        EventSort.Position => "e.position",
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "no such order"),
    };
}
