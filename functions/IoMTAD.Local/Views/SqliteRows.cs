using IoMTAD.Local.Recording;
using IoMTAD.Views;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Views;

/// <summary>What the questions share.</summary>
internal static class SqliteRows
{
    public static async Task<TRow?> FindRowAsync<TRow>(this SqliteDatabase database, View<TRow> view, string key, CancellationToken cancellation)
        where TRow : class
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM view_rows WHERE view = $view AND key = $key";
        command.Parameters.AddWithValue("$view", view.Name);
        command.Parameters.AddWithValue("$key", key);
        return await command.ExecuteScalarAsync(cancellation) is string json ? ViewJson.Read<TRow>(json) : null;
    }

    public static long? NumberOf(this SqliteConnection connection, string sort, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number FROM names WHERE sort = $sort AND name = $name";
        command.Parameters.AddWithValue("$sort", sort);
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() as long?;
    }
}
