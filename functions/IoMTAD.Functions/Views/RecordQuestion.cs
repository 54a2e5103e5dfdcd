using System.Globalization;
using IoMTAD.Functions.Recording;
using IoMTAD.Hosting.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>Conditions of a query, as they are gathered. Values are always parameters.</summary>
internal sealed class RecordQuestion
{
    private readonly List<string> conditions = [];
    private readonly List<object?> values = [];

    /// <param name="comparison">Such as <c>&gt;=</c>.</param>
    public void Add(string column, string comparison, object value) => conditions.Add($"{column} {comparison} {Value(value)}");

    /// <param name="name">Null asks for all.</param>
    public void AddName(string column, string? name)
    {
        if (name is not null) Add(column, "=", IndexText.Of(name));
    }

    public void AddTimes(string column, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first) Add(column, ">=", first.UtcTicks);
        if (to is { } end) Add(column, "<", end.UtcTicks);
    }

    /// <param name="condition">SQL without a value.</param>
    public void AddOther(string condition) => conditions.Add(condition);

    /// <param name="condition">SQL; the value stands in it as <c>{0}</c>.</param>
    public void AddOther(string condition, object value) => conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, Value(value)));

    /// <summary>Rows behind the place where the last page ended.</summary>
    public void After(string sort, long sortValue, string key, object keyValue, bool descending) =>
        conditions.Add($"({sort}, {key}) {(descending ? '<' : '>')} ({Value(sortValue)}, {Value(keyValue)})");

    /// <inheritdoc cref="After(string, long, string, object, bool)"/>
    public void After(PageCursor? cursor, string sort, string key, bool descending)
    {
        if (cursor is not null) After(sort, cursor.Sort, key, cursor.NumberKey, descending);
    }

    public string Where => conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";

    public NpgsqlCommand Command(NpgsqlConnection connection, string sql) => connection.Statement(sql, values);

    private string Value(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }
}
