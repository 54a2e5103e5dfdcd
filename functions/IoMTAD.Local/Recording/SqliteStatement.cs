using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace IoMTAD.Local.Recording;

/// <summary>A prepared statement without the cost of named parameters and boxed values.</summary>
/// <remarks>It runs within whatever transaction its connection has open.</remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;
    private readonly (bool IsSet, long? Value)[] bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        handle = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(handle, sql, out statement));
        bound = new (bool, long?)[raw.sqlite3_bind_parameter_count(statement) + 1];
    }

    public SqliteStatement Bind(int number, long? value)
    {
        // What is bound stays bound: of a million rows, most have most values from the one before.
        if (bound[number].IsSet && bound[number].Value == value) return this;
        bound[number] = (true, value);
        Check(value is { } v ? raw.sqlite3_bind_int64(statement, number, v) : raw.sqlite3_bind_null(statement, number));
        return this;
    }

    public SqliteStatement Bind(int number, string? value)
    {
        bound[number] = default;
        Check(value is null ? raw.sqlite3_bind_null(statement, number) : raw.sqlite3_bind_text(statement, number, value));
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <returns>The first column of the first row as text; null without one.</returns>
    public string? Text()
    {
        var text = Step() ? raw.sqlite3_column_text(statement, 0).utf8_to_string() : null;
        Reset();
        return text;
    }

    /// <returns>The first column of the first row as a number; null without one.</returns>
    public long? Number()
    {
        long? number = Step() && raw.sqlite3_column_type(statement, 0) != raw.SQLITE_NULL ? raw.sqlite3_column_int64(statement, 0) : null;
        Reset();
        return number;
    }

    public void Dispose() => statement.Dispose();

    private bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW) return true;
        var message = result == raw.SQLITE_DONE ? null : raw.sqlite3_errmsg(handle).utf8_to_string();
        Reset();
        return message is null ? false : throw new SqliteException($"SQLite Error {result}: '{message}'.", result);
    }

    private void Reset() => raw.sqlite3_reset(statement);

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) throw new SqliteException($"SQLite Error {result}: '{raw.sqlite3_errmsg(handle).utf8_to_string()}'.", result);
    }
}
