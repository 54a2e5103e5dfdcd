using IoMTAD.Capture;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>Segments whose anomalies are recorded, by their position.</summary>
internal static class SqliteEvidence
{
    /// <summary>Within the transaction that appends the events; what is there already stays as it is.</summary>
    public static void Keep(SqliteDatabase database, SqliteTransaction transaction, Evidence evidence)
    {
        var (device, content, position, value, recorded) = evidence.Segment;
        database.Prepared(transaction,
            """
            INSERT INTO evidence VALUES ($topic, $partition, $offset, $device, $content, $recorded, $value, $sha256)
            ON CONFLICT (topic, partition, offset) DO NOTHING
            """,
            ("$topic", position.Topic), ("$partition", position.Partition), ("$offset", position.Offset), ("$device", device),
            ("$content", content.ToString()), ("$recorded", recorded), ("$value", value.ToArray()), ("$sha256", evidence.Sha256)).ExecuteNonQuery();
    }

    public static async Task<Evidence?> ReadAsync(SqliteDatabase database, TrafficPosition position, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT device, content, recorded_ns, value, sha256 FROM evidence
            WHERE topic = $topic AND partition = $partition AND offset = $offset
            """;
        command.Parameters.AddWithValue("$topic", position.Topic);
        command.Parameters.AddWithValue("$partition", position.Partition);
        command.Parameters.AddWithValue("$offset", position.Offset);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var segment = new Segment(reader.GetString(0), Enum.Parse<SegmentContent>(reader.GetString(1)), position,
            reader.GetFieldValue<byte[]>(3), reader.GetInt64(2));
        return new Evidence(segment, reader.GetString(4));
    }
}
