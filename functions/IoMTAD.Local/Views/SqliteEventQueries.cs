using System.Globalization;
using IoMTAD.Hosting.Views;
using IoMTAD.Local.Recording;
using IoMTAD.Policy;
using IoMTAD.Policy.Incidents;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>Pages of events: the narrow index says which, the events themselves are read whole.</summary>
/// <param name="rows">Where the index is.</param>
/// <param name="events">Where the events are.</param>
internal sealed class SqliteEventQueries(SqliteDatabase rows, SqliteDatabase events)
{
    /// <summary>Fewer rows than this are sorted in no time, whatever the order; more are read in the order that is asked for.</summary>
    private const int Few = 2000, Some = 50_000;

    // The most telling first.
    private static readonly string[] Telling = ["incident", "device", "class", "ward", "type", "score", "time"];

    /// <exception cref="FormatException">The query's <c>After</c> is none of this list's.</exception>
    public async Task<Page<EventRow>> PageAsync(EventQuery query, CancellationToken cancellation)
    {
        var list = $"events {query.Sort} {query.Descending}";
        var cursor = PageCursor.Read(query.After, list);
        await using var connection = rows.Connect();
        var (sort, direction) = (ColumnOf(query.Sort), query.Descending ? "DESC" : "ASC");
        var question = Ask(connection, query);
        if (question.IsEmpty) return new Page<EventRow>([], null);
        var through = Through(connection, question, sort);
        question.After(cursor, sort, "position", query.Descending);
        var limit = PageLimit.Of(query.Limit);
        await using var command = question.Command(connection, $"""
            SELECT e.position, e.{sort} AS sort, i.incident, d.name, w.name, e.kind, c.name, e.severity, e.score, i.disposition FROM
                (SELECT * FROM event_index {question.Where(through)} ORDER BY {sort} {direction}, position {direction} LIMIT {limit + 1}) AS e
                LEFT JOIN incident_index AS i ON i.number = e.incident LEFT JOIN names AS d ON d.number = e.device
                LEFT JOIN names AS w ON w.number = e.ward LEFT JOIN names AS c ON c.number = e.class
            ORDER BY e.{sort} {direction}, e.position {direction}
            """);
        List<EventRow> found = [];
        string? next = null;
        await using var source = events.Connect();
        await using var read = SqliteEventRow.Command(source);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (found.Count == limit) return new Page<EventRow>(found, next);
            next = new PageCursor(list, reader.GetInt64(1), reader.GetInt64(0).ToString(CultureInfo.InvariantCulture)).ToString();
            // A row whose event was deleted behind the store's back has nothing to show: verification names it.
            if (SqliteEventRow.Read(read, reader.GetInt64(0)) is { } @event) found.Add(Row(@event, reader));
        }
        return new Page<EventRow>(found, null);
    }

    private static EventRow Row(StoredEvent @event, SqliteDataReader r) => new(@event, Text(r, 2), Text(r, 3), Text(r, 4),
        (IncidentKind?)Number(r, 5), Text(r, 6), (Severity?)Number(r, 7), ScoreOrder.From(r.GetInt64(8)), (Disposition?)Number(r, 9));

    private static SqliteQuestion Ask(SqliteConnection connection, EventQuery query)
    {
        var question = new SqliteQuestion();
        if (query.DeviceId is { } device) question.AddName("device", connection.NumberOf(SqliteNames.Device, device));
        if (query.Ward is { } ward) question.AddName("ward", connection.NumberOf(SqliteNames.Ward, ward));
        if (query.Kind is { } kind) question.Add("kind", "=", (long)kind);
        if (query.Class is { } name) question.AddName("class", connection.NumberOf(SqliteNames.Class, name));
        if (query.Severity is { } severity) question.Add("severity", ">=", (long)severity);
        if (query.Disposition is { } disposition) AddDisposition(connection, question, (long)disposition);
        if (query.Type is { } type) question.AddName("type", connection.NumberOf(SqliteNames.Type, type));
        if (query.IncidentId is { } incident) question.AddName("incident", IncidentNumber(connection, incident));
        if (query.MinScore is { } least) question.Add("score", ">=", ScoreOrder.Of(least));
        if (query.MaxScore is { } most) question.Add("score", "<=", ScoreOrder.Of(most));
        if (query.MaxScore is not null) question.Add("score", ">", ScoreOrder.NaN);
        question.AddTimes("time", query.From, query.To);
        if (query.Feature is { } feature) AddFeature(question, connection.NumberOf(SqliteNames.Feature, feature), feature);
        return question;
    }

    /// <summary>Of few incidents the events are looked up, of many they are recognised as they pass.</summary>
    private static void AddDisposition(SqliteConnection connection, SqliteQuestion question, long disposition)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM (SELECT 1 FROM incident_index WHERE disposition = $disposition LIMIT {Few})";
        command.Parameters.AddWithValue("$disposition", disposition);
        if (command.ExecuteScalar() is long count && count < Few)
            question.AddOther("incident", "incident IN (SELECT number FROM incident_index WHERE disposition = {0})", disposition);
        else
            question.AddOther("", "(EXISTS (SELECT 1 FROM incident_index AS i WHERE i.number = event_index.incident AND i.disposition = {0}))", disposition);
    }

    private static void AddFeature(SqliteQuestion question, long? number, string feature)
    {
        if (number is null) question.AddName("features0", null);
        else if (number <= SqliteEventIndex.MostFeatures)
            question.AddOther("", $"(features{SqliteEventIndex.ColumnOf(number.Value)} & {{0}}) <> 0", SqliteEventIndex.BitOf(number.Value));
        else question.AddOther("",
            "(EXISTS (SELECT 1 FROM events, json_each(events.data, '$.features') AS f "
            + "WHERE events.position = event_index.position AND f.value ->> 'name' = {0}))",
            feature);
    }

    /// <summary>The columns whose index leads to the rows soonest: one that leaves few rows, else one that has them in the wanted order. Where that
    /// order is another than the time's and several conditions have to meet, even some more rows are sorted sooner than found in passing.</summary>
    private static string[] Through(SqliteConnection connection, SqliteQuestion question, string sort)
    {
        var candidates = Telling.Where(question.Columns.Contains).ToList();
        var bearable = sort != "time" && question.Columns.Distinct().Count(c => c != "time") > 1 ? Some : Few;
        (string[] Columns, long Count) best = ([sort], bearable);
        foreach (var columns in candidates.Select(ColumnsOf))
            if (Count(connection, question, columns, bearable) is var count && count < best.Count) best = (columns, count);
        if (best.Count < bearable) return best.Columns;
        return sort == "time" && candidates.FirstOrDefault() is { } first && first != "score" ? ColumnsOf(first) : [sort];
    }

    private static string[] ColumnsOf(string candidate) => candidate is "incident" or "score" or "time" ? [candidate] : [candidate, "time"];

    private static long Count(SqliteConnection connection, SqliteQuestion question, string[] columns, int most)
    {
        using var command = question.Command(connection, $"SELECT COUNT(*) FROM (SELECT 1 FROM event_index {question.WhereOnly(columns)} LIMIT {most})");
        return (long)command.ExecuteScalar()!;
    }

    private static long? IncidentNumber(SqliteConnection connection, string incidentId)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number FROM incident_index WHERE incident = $incident";
        command.Parameters.AddWithValue("$incident", incidentId);
        return command.ExecuteScalar() as long?;
    }

    private static string ColumnOf(EventSort sort) => sort switch
    {
        EventSort.Time => "time",
        EventSort.Score => "score",
        EventSort.Position => "position",
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, "no such order"),
    };

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
