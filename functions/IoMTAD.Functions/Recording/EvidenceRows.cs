using IoMTAD.Capture;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>Segments whose anomalies are recorded, by their position.</summary>
internal static class EvidenceRows
{
    /// <summary>What is there already stays as it is, and what has expired stays away. Gives the positions of what is new.</summary>
    public static void Insert(NpgsqlBatch batch, IReadOnlyList<Evidence> evidence) => batch.Add(
        """
        INSERT INTO evidence SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS new (topic, partition, "offset")
        WHERE NOT EXISTS (SELECT 1 FROM expired AS e WHERE (e.topic, e.partition, e."offset") = (new.topic, new.partition, new."offset"))
        ON CONFLICT DO NOTHING RETURNING topic, partition, "offset"
        """,
        (string[])[.. evidence.Select(e => e.Segment.Position.Topic)], (int[])[.. evidence.Select(e => e.Segment.Position.Partition)],
        (long[])[.. evidence.Select(e => e.Segment.Position.Offset)], (string[])[.. evidence.Select(e => e.Segment.Device)],
        (string[])[.. evidence.Select(e => e.Segment.Content.ToString())], (long[])[.. evidence.Select(e => e.Segment.RecordedNanoseconds)],
        (byte[][])[.. evidence.Select(e => e.Segment.Value.ToArray())], (string[])[.. evidence.Select(e => e.Sha256)]);

    /// <summary>The database itself refuses it where no event of the transaction records it.</summary>
    public static void Expire(NpgsqlBatch batch, IReadOnlyList<TrafficPosition> positions)
    {
        if (positions.Count == 0) return;
        string[] topics = [.. positions.Select(p => p.Topic)];
        int[] partitions = [.. positions.Select(p => p.Partition)];
        long[] offsets = [.. positions.Select(p => p.Offset)];
        batch.Add("""DELETE FROM evidence WHERE (topic, partition, "offset") IN (SELECT * FROM unnest($1, $2, $3))""", topics, partitions, offsets);
        batch.Add("INSERT INTO expired SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING", topics, partitions, offsets);
    }

    public static async Task<Evidence?> ReadAsync(NpgsqlDataSource source, TrafficPosition position, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = connection.Statement("""
            SELECT device, content, recorded_ns, value, sha256 FROM evidence WHERE topic = $1 AND partition = $2 AND "offset" = $3
            """, position.Topic, position.Partition, position.Offset);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        // A content that is none stays one: its seal does not hold, and verification says so.
        var content = Enum.TryParse<SegmentContent>(reader.GetString(1), out var known) ? known : (SegmentContent)(-1);
        return new Evidence(
            new Segment(reader.GetString(0), content, position, reader.GetFieldValue<byte[]>(3), reader.GetInt64(2)), reader.GetString(4));
    }
}
