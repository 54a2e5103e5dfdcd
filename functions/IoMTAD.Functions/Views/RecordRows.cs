using IoMTAD.Functions.Recording;
using IoMTAD.Views;
using Npgsql;

namespace IoMTAD.Functions.Views;

/// <summary>What the questions share.</summary>
internal static class RecordRows
{
    public static async Task<TRow?> FindRowAsync<TRow>(this NpgsqlDataSource source, View<TRow> view, string key, CancellationToken cancellation)
        where TRow : class
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.Statement("SELECT data FROM view_rows WHERE view = $1 AND key = $2", view.Name, IndexText.Of(key));
        return await command.ExecuteScalarAsync(cancellation) is string json ? ViewJson.Read<TRow>(json) : null;
    }

    /// <summary>All rows of a view, ordered by key.</summary>
    public static Task<IReadOnlyList<TRow>> ReadRowsAsync<TRow>(this NpgsqlDataSource source, View<TRow> view, CancellationToken cancellation)
        where TRow : class => source.ListAsync("SELECT data FROM view_rows WHERE view = $1 ORDER BY key",
            r => ViewJson.Read<TRow>(r.GetString(0)), cancellation, view.Name);

    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params List<object?> parameters)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.Statement(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
        return rows;
    }

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static int? Number(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);
}
