using IoMTAD.Capture;
using IoMTAD.Recording;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>What a commit goes on from, read in one round trip: the record's end, its streams' ends, and what of the commit is new.</summary>
/// <remarks>New events' ids and new evidence are in their tables by then: a commit that is refused takes them back with its transaction.</remarks>
internal sealed class CommitStart
{
    private readonly Dictionary<string, (int Version, string Hash)> heads = new(StringComparer.Ordinal);
    private readonly HashSet<string> unseen = new(StringComparer.Ordinal);
    private readonly HashSet<TrafficPosition> kept = [];
    private long position, sealNumber;
    private string sealHash = IoMTAD.Recording.Seal.Genesis;
    private DateTimeOffset recordedAt;

    /// <exception cref="CheckpointMovedException"/>
    public static async Task<CommitStart> ReadAsync(NpgsqlTransaction transaction, Commit commit, CancellationToken cancellation)
    {
        var start = new CommitStart();
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        var (topic, partition, _) = commit.Checkpoint?.Next ?? new("", 0, 0);
        batch.Add("SELECT next_offset FROM checkpoints WHERE topic = $1 AND partition = $2", topic, partition);
        batch.Add("""
            SELECT (SELECT COALESCE(MAX((data ->> 'position')::bigint), 0) FROM mt_events), number, hash
            FROM (SELECT 1) AS one LEFT JOIN LATERAL (SELECT number, hash FROM seals ORDER BY number DESC LIMIT 1) AS seal ON true
            """);
        batch.Add("""
            SELECT stream, head.version, head.hash FROM unnest($1) AS stream,
                LATERAL (SELECT version, data ->> 'hash' AS hash FROM mt_events WHERE stream_id = stream ORDER BY version DESC LIMIT 1) AS head
            """, (string[])[.. commit.Appends.Select(a => a.Stream).Distinct(StringComparer.Ordinal)]);
        batch.Add("INSERT INTO inbox SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING id",
            (string[])[.. commit.Appends.SelectMany(a => a.Events).Select(e => e.Id)]);
        EvidenceRows.Insert(batch, commit.Evidence);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);

        var next = await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
        if (commit.Checkpoint?.Expected is { } expected && expected != next) throw new CheckpointMovedException(topic, partition, expected, next);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        start.position = reader.GetInt64(0);
        if (!reader.IsDBNull(1)) (start.sealNumber, start.sealHash) = (reader.GetInt64(1), reader.GetString(2));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) start.heads[reader.GetString(0)] = ((int)reader.GetInt64(1), reader.GetString(2));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) start.unseen.Add(reader.GetString(0));
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) start.kept.Add(new(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2)));
        return start;
    }

    /// <summary>Gives the new events their places in the record and in its chains.</summary>
    /// <exception cref="WrongExpectedVersionException"/>
    public CommitResult Link(Commit commit, DateTimeOffset at)
    {
        recordedAt = at;
        List<StoredEvent> appended = [];
        var duplicates = 0;
        foreach (var append in commit.Appends)
        {
            var (version, hash) = heads.GetValueOrDefault(append.Stream, (0, HashChain.Genesis));
            if (append.ExpectedVersion is { } expected && expected != version)
                throw new WrongExpectedVersionException(append.Stream, expected, version);
            foreach (var @event in append.Events)
            {
                if (!unseen.Remove(@event.Id))
                {
                    duplicates++;
                    continue;
                }
                var (type, data) = (EventTypes.NameOf(@event.Event), EventTypes.Serialize(@event.Event));
                var next = HashChain.Next(hash, append.Stream, ++version, @event.Id, type, @event.OccurredAt, data);
                appended.Add(new(position + appended.Count + 1, append.Stream, version, @event.Id, type, @event.OccurredAt, at, data, hash, next));
                hash = next;
            }
            heads[append.Stream] = (version, hash);
        }
        return new CommitResult(appended, duplicates);
    }

    /// <returns>What closes the commit; null where it stores neither events nor evidence.</returns>
    public Seal? Seal(Commit commit, IReadOnlyList<StoredEvent> appended)
    {
        // Of a segment that the commit has twice, the first is kept.
        List<string> evidence = [.. commit.Evidence.Where(e => kept.Remove(e.Segment.Position)).Select(e => e.Seal())];
        if (appended.Count + evidence.Count == 0) return null;
        using var builder = new SealBuilder(sealHash, sealNumber + 1);
        foreach (var @event in appended) builder.Add(@event);
        var (first, last) = (position + 1, position + appended.Count);
        return new Seal(sealNumber + 1, first, last, recordedAt, evidence, builder.Finish(first, last, recordedAt, evidence));
    }
}
