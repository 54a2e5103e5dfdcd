using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>How an event stands in its table.</summary>
internal static class SqliteEventRow
{
    public const string Columns = "position, stream, version, id, type, occurred_at, recorded_at, data, previous_hash, hash";

    public static StoredEvent Read(SqliteDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetInt32(2), r.GetString(3), r.GetString(4), new DateTimeOffset(r.GetInt64(5), TimeSpan.Zero),
        new DateTimeOffset(r.GetInt64(6), TimeSpan.Zero), r.GetString(7), r.GetString(8), r.GetString(9));

    /// <summary>To read single events with.</summary>
    public static SqliteCommand Command(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM events WHERE position = $position";
        command.Parameters.Add("$position", SqliteType.Integer);
        return command;
    }

    /// <returns>Null where none stands there.</returns>
    public static StoredEvent? Read(SqliteCommand command, long position)
    {
        command.Parameters[0].Value = position;
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }
}
