using System.Globalization;
using IoMTAD.Hosting.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>Conditions of a query, as they are gathered. Values are always parameters.</summary>
internal sealed class SqliteQuestion
{
    private readonly List<(string Column, string Condition)> conditions = [];
    private readonly List<object> values = [];

    /// <summary>Something was asked for that is nowhere in the record: there is no answer to look for.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Columns that have a condition.</summary>
    public IEnumerable<string> Columns => conditions.Select(c => c.Column);

    /// <param name="comparison">Such as <c>&gt;=</c>.</param>
    public void Add(string column, string comparison, object value) => conditions.Add((column, $"{column} {comparison} {Value(value)}"));

    /// <param name="number">The name's number; null where no row holds the name.</param>
    public void AddName(string column, long? number)
    {
        if (number is { } known) Add(column, "=", known);
        else IsEmpty = true;
    }

    public void AddTimes(string column, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is { } first) Add(column, ">=", first.UtcTicks);
        if (to is { } end) Add(column, "<", end.UtcTicks);
    }

    /// <param name="column">The one by which an index may be chosen; empty for none, and then the condition stands in brackets.</param>
    /// <param name="condition">SQL; the value stands in it as <c>{0}</c>.</param>
    public void AddOther(string column, string condition, object value) =>
        conditions.Add((column, string.Format(CultureInfo.InvariantCulture, condition, Value(value))));

    /// <summary>Rows behind the place where the last page ended.</summary>
    public void After(PageCursor? cursor, string sort, string key, bool descending)
    {
        if (cursor is null) return;
        conditions.Add((sort, $"({sort}, {key}) {(descending ? '<' : '>')} ({Value(cursor.Sort)}, {Value(cursor.NumberKey)})"));
    }

    /// <param name="through">Columns that an index may be chosen by; the others are only compared. Null lets the database choose.</param>
    public string Where(params IReadOnlyCollection<string>? through) => conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ",
        conditions.Select(c => through is null || through.Contains(c.Column) ? c.Condition
            : c.Condition[0] == '(' ? $"(+{c.Condition[1..]}" : $"+{c.Condition}"));

    /// <summary>Only the conditions on these columns.</summary>
    public string WhereOnly(params IReadOnlyCollection<string> columns) =>
        "WHERE " + string.Join(" AND ", conditions.Where(c => columns.Contains(c.Column)).Select(c => c.Condition));

    public SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Count; i++) command.Parameters.AddWithValue($"$v{i}", values[i]);
        return command;
    }

    private string Value(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"$v{values.Count - 1}");
    }
}
