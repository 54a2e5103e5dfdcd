using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>How an event stands in its table.</summary>
internal static class SqliteEventRow
{
    public const string Columns = "position, stream, version, id, type, occurred_at, recorded_at, data, previous_hash, hash";

    public static StoredEvent Read(SqliteDataReader r) => new(
        r.GetInt64(0), r.GetString(1), (int)Math.Clamp(r.GetInt64(2), int.MinValue, int.MaxValue), r.GetString(3), r.GetString(4), Time(r.GetInt64(5)),
        Time(r.GetInt64(6)), r.GetString(7), r.GetString(8), r.GetString(9));

    /// <summary>Numbers that somebody damaged are no reason to fail: they do not give the hash, and verification says so.</summary>
    public static DateTimeOffset Time(long ticks) => new(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

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
