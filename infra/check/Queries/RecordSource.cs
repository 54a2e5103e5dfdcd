using System.Globalization;
using Npgsql;

namespace IoMTAD.Infra.Queries;

/// <summary>PostgreSQL, by the account that dashboards are given. Nothing is changed, whatever a query says.</summary>
public sealed class RecordSource(string uid, NpgsqlDataSource database) : IQuerySource
{
    private static readonly string[] TimeTypes =
        ["timestamp with time zone", "timestamp without time zone", "double precision", "numeric", "bigint"];

    public string Uid => uid;

    public string DefaultFormat => "sqlstring";

    public async Task<QueryAnswer> RunAsync(string text, string format, TimeWindow window, CancellationToken cancellation)
    {
        var sql = SqlMacros.Expand(text, window);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection, transaction))
                await readOnly.ExecuteNonQueryAsync(cancellation);
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            if (format == "time_series") Hold(reader, columns);
            List<IReadOnlyList<string?>> rows = [];
            while (await reader.ReadAsync(cancellation))
                rows.Add([.. Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))]);
            return new QueryAnswer(columns, rows);
        }
        catch (PostgresException e)
        {
            throw new QueryException(e.MessageText, e);
        }
    }

    private static void Hold(NpgsqlDataReader reader, List<string> columns)
    {
        var time = columns.IndexOf("time");
        if (time < 0) throw new QueryException("a line over time needs a column 'time'");
        if (!TimeTypes.Contains(reader.GetDataTypeName(time), StringComparer.Ordinal))
            throw new QueryException($"the column 'time' is of the type {reader.GetDataTypeName(time)}");
    }
}
