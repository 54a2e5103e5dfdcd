using System.Text;
using System.Text.Json;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>What a commit stores after its events, in one round trip.</summary>
internal static class CommitEnd
{
    public static async Task StoreAsync(NpgsqlTransaction transaction, Commit commit, Seal? seal, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        if (commit.Texts.Count > 0)
            batch.Add("INSERT INTO texts SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING",
                (string[])[.. commit.Texts.Select(t => t.Digest)], (string[])[.. commit.Texts.Select(t => t.Salt)],
                (byte[][])[.. commit.Texts.Select(t => Encoding.UTF8.GetBytes(t.Text))]);
        // Before the seal: the database lets go only what an event without one names.
        EvidenceRows.Expire(batch, commit.ExpiredEvidence);
        if (commit.ErasedTexts.Count > 0) batch.Add("DELETE FROM texts WHERE digest = ANY ($1)", (string[])[.. commit.ErasedTexts]);
        if (seal is not null) SealRows.Insert(batch, seal);
        if (commit.Checkpoint is { } checkpoint) Store(batch, checkpoint);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static void Store(NpgsqlBatch batch, TrafficCheckpoint checkpoint)
    {
        var (topic, partition, offset) = checkpoint.Next;
        batch.Add("""
            INSERT INTO checkpoints AS old VALUES ($1, $2, $3, $4)
            ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset, clock = COALESCE(excluded.clock, old.clock)
            """, topic, partition, offset, checkpoint.Clock?.UtcTicks);
        var watches = checkpoint.Watches.GroupBy(w => w.Address, StringComparer.Ordinal).Select(w => w.Last()).ToList();
        if (watches.Count > 0)
            batch.Add("""
                INSERT INTO watches SELECT $1, $2, * FROM unnest($3, $4)
                ON CONFLICT (topic, partition, address) DO UPDATE SET data = excluded.data
                """, topic, partition, (string[])[.. watches.Select(w => w.Address)],
                (string[])[.. watches.Select(w => JsonSerializer.Serialize(w, EventJson.Default.DeviceWatch))]);
        if (checkpoint.Forgotten.Count > 0)
            batch.Add("DELETE FROM watches WHERE topic = $1 AND partition = $2 AND address = ANY ($3)", topic, partition, (string[])[.. checkpoint.Forgotten]);
        ScoreRows.Add(batch, checkpoint.Scores);
    }
}
