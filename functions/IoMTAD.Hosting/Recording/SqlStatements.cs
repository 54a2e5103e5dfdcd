using System.Data.Common;
using System.Runtime.CompilerServices;

namespace IoMTAD.Hosting.Recording;

/// <summary>Runs SQL that SQLite and PostgreSQL both read: parameters named with <c>@</c>, times as ticks, truths as 0 and 1.</summary>
public static class SqlStatements
{
    // A store that keeps its writing connection keeps what was prepared on it too.
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, DbCommand>> Prepared = [];

    /// <returns>How many rows it changed.</returns>
    public static Task<int> ExecuteAsync(this DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(transaction, sql, parameters).ExecuteNonQueryAsync();

    public static Task<List<T>> QueryAsync<T>(
        this DbTransaction transaction, string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        ReadAsync(Command(transaction, sql, parameters), read, CancellationToken.None);

    /// <summary>On a connection of its own.</summary>
    public static async Task<List<T>> QueryAsync<T>(
        this ITransactionalStore store, string sql, Func<DbDataReader, T> read, CancellationToken cancellation,
        params (string Name, object? Value)[] parameters)
    {
        await using var connection = await store.ConnectAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Fill(command, parameters);
        return await ReadAsync(command, read, cancellation);
    }

    public static DateTimeOffset? Time(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetInt64(column), TimeSpan.Zero);

    private static DbCommand Command(DbTransaction transaction, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var known = Prepared.GetOrCreateValue(transaction.Connection ?? throw new InvalidOperationException("the transaction is over"));
        if (!known.TryGetValue(sql, out var command))
        {
            command = known[sql] = transaction.Connection.CreateCommand();
            command.CommandText = sql;
        }
        command.Transaction = transaction;
        Fill(command, parameters);
        return command;
    }

    private static void Fill(DbCommand command, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (command.Parameters.Count == i)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = parameters[i].Name;
                command.Parameters.Add(parameter);
            }
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }
    }

    private static async Task<List<T>> ReadAsync<T>(DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
        return rows;
    }
}
