using IoMTAD.Capture;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>Segments whose anomalies are recorded, by their position.</summary>
internal static class SqliteEvidence
{
    private const string Columns = "device, content, recorded_ns, value, sha256";

    /// <summary>Within the transaction that appends the events; what is there already stays as it is, and what has expired stays away.</summary>
    /// <returns>Whether it is new.</returns>
    public static bool Keep(SqliteDatabase database, SqliteTransaction transaction, Evidence evidence)
    {
        var (device, content, position, value, recorded) = evidence.Segment;
        return database.Prepared(transaction,
            """
            INSERT INTO evidence SELECT $topic, $partition, $offset, $device, $content, $recorded, $value, $sha256
            WHERE NOT EXISTS (SELECT 1 FROM expired WHERE topic = $topic AND partition = $partition AND offset = $offset)
            ON CONFLICT (topic, partition, offset) DO NOTHING
            """,
            ("$topic", position.Topic), ("$partition", position.Partition), ("$offset", position.Offset), ("$device", device),
            ("$content", content.ToString()), ("$recorded", recorded), ("$value", value.ToArray()), ("$sha256", evidence.Sha256)).ExecuteNonQuery() > 0;
    }

    /// <summary>Within the transaction that records the expiry: the database itself refuses any other.</summary>
    public static void Expire(SqliteDatabase database, SqliteTransaction transaction, TrafficPosition position)
    {
        database.Prepared(transaction, "DELETE FROM evidence WHERE topic = $topic AND partition = $partition AND offset = $offset",
            ("$topic", position.Topic), ("$partition", position.Partition), ("$offset", position.Offset)).ExecuteNonQuery();
        database.Prepared(transaction, "INSERT OR IGNORE INTO expired VALUES ($topic, $partition, $offset)",
            ("$topic", position.Topic), ("$partition", position.Partition), ("$offset", position.Offset)).ExecuteNonQuery();
    }

    public static async Task<Evidence?> ReadAsync(SqliteDatabase database, TrafficPosition position, CancellationToken cancellation)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM evidence WHERE topic = $topic AND partition = $partition AND offset = $offset";
        command.Parameters.AddWithValue("$topic", position.Topic);
        command.Parameters.AddWithValue("$partition", position.Partition);
        command.Parameters.AddWithValue("$offset", position.Offset);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader, position) : null;
    }

    /// <summary>What a first seal over an older record covers.</summary>
    public static IReadOnlyList<string> SealsOfAll(SqliteDatabase database, SqliteTransaction transaction)
    {
        List<string> seals = [];
        const string Query = $"SELECT {Columns}, topic, partition, offset FROM evidence ORDER BY topic, partition, offset";
        using var reader = database.Prepared(transaction, Query).ExecuteReader();
        while (reader.Read()) seals.Add(Read(reader, new(reader.GetString(5), reader.GetInt32(6), reader.GetInt64(7))).Seal());
        return seals;
    }

    private static Evidence Read(SqliteDataReader reader, TrafficPosition position)
    {
        // A content that is none stays one: its seal does not hold, and verification says so.
        var content = Enum.TryParse<SegmentContent>(reader.GetString(1), out var known) ? known : (SegmentContent)(-1);
        return new Evidence(new Segment(reader.GetString(0), content, position, reader.GetFieldValue<byte[]>(3), reader.GetInt64(2)), reader.GetString(4));
    }
}
