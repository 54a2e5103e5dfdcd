using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using IoMTAD.Capture;
using IoMTAD.Hosting.Recording;
using IoMTAD.Hosting.Response;
using IoMTAD.Recording;
using Microsoft.Data.Sqlite;

namespace IoMTAD.Local.Recording;

/// <summary>The event store in one SQLite file: events, outbox, traffic position and watches change in one transaction.</summary>
public sealed class SqliteEventStore(SqliteDatabase database, TimeProvider time) : ITransactionalStore
{
    private const int PageSize = 1000;

    private readonly OutboxFollower outbox = new();

    public Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellation = default) =>
        database.WriteAsync(transaction => AppendAsync(transaction, commit, cancellation), cancellation);

    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation = default) => database.WriteAsync(work, cancellation);

    public async Task<CommitResult> AppendAsync(DbTransaction transaction, Commit commit, CancellationToken cancellation = default)
    {
        var result = Store((SqliteTransaction)transaction, commit);
        if (result.Appended.Count > 0) await outbox.FollowAsync(transaction, result.Appended, cancellation);
        return result;
    }

    public Task<DbConnection> ConnectAsync(CancellationToken cancellation = default) => Task.FromResult<DbConnection>(database.Connect());

    public async Task<long> ReadHeadAsync(CancellationToken cancellation = default)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT MAX(position) FROM events";
        return await command.ExecuteScalarAsync(cancellation) as long? ?? 0;
    }

    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, int fromVersion = 1, CancellationToken cancellation = default) =>
        ReadPagesAsync("stream = $a AND position >= $b AND version >= $c", stream, fromVersion, 0, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancellation = default) =>
        ReadPagesAsync("position >= $b", "", 0, fromPosition, cancellation);

    public async IAsyncEnumerable<StoredEvent> ReadBetweenAsync(
        DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {SqliteEventRow.Columns} FROM events WHERE occurred_at >= $from AND occurred_at < $to ORDER BY occurred_at, position";
        command.Parameters.AddWithValue("$from", from.UtcTicks);
        command.Parameters.AddWithValue("$to", to.UtcTicks);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return SqliteEventRow.Read(reader);
    }

    public async Task<TrafficCheckpoint?> ReadCheckpointAsync(string topic, int partition, CancellationToken cancellation = default)
    {
        await using var connection = database.Connect();
        await using var command = connection.CreateCommand();
        command.Parameters.AddWithValue("$topic", topic);
        command.Parameters.AddWithValue("$partition", partition);
        command.CommandText = "SELECT next_offset, clock FROM checkpoints WHERE topic = $topic AND partition = $partition";
        long next;
        DateTimeOffset? clock;
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            if (!await row.ReadAsync(cancellation)) return null;
            (next, clock) = (row.GetInt64(0), row.IsDBNull(1) ? null : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero));
        }
        command.CommandText = "SELECT data FROM watches WHERE topic = $topic AND partition = $partition ORDER BY address";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Policy.DeviceWatch> watches = [];
        while (await reader.ReadAsync(cancellation))
            watches.Add(JsonSerializer.Deserialize(reader.GetString(0), EventJson.Default.DeviceWatch)!);
        return new TrafficCheckpoint(new TrafficPosition(topic, partition, next), watches) { Clock = clock };
    }

    public IAsyncEnumerable<Seal> ReadSealsAsync(long fromNumber = 1, CancellationToken cancellation = default) =>
        SqliteSeals.ReadAsync(database, fromNumber, cancellation);

    public Task<StoreHead> ReadSealedHeadAsync(CancellationToken cancellation = default) => SqliteSeals.ReadHeadAsync(database, cancellation);

    public Task<Evidence?> ReadEvidenceAsync(TrafficPosition position, CancellationToken cancellation = default) =>
        SqliteEvidence.ReadAsync(database, position, cancellation);

    public Task<IReadOnlyList<ScoreCount>> ReadScoresAsync(string model, DateTimeOffset from, CancellationToken cancellation = default) =>
        SqliteScores.ReadAsync(database, model, from, cancellation);

    public Task<Policy.PersonalText?> ReadTextAsync(string digest, CancellationToken cancellation = default) =>
        SqliteTexts.ReadAsync(database, digest, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private CommitResult Store(SqliteTransaction transaction, Commit commit)
    {
        Removals.Check(commit);
        CheckPlace(transaction, commit.Checkpoint);
        SqliteSeals.CloseOlderRecord(database, transaction);
        var (recordedAt, last) = (time.GetUtcNow(), LastPosition(transaction));
        List<StoredEvent> appended = [];
        var duplicates = 0;
        foreach (var append in commit.Appends)
        {
            var (version, hash) = Head(transaction, append.Stream);
            if (append.ExpectedVersion is { } expected && expected != version)
                throw new WrongExpectedVersionException(append.Stream, expected, version);
            foreach (var @event in append.Events)
            {
                var stored = Link(last + appended.Count + 1, append.Stream, version + 1, hash, @event, recordedAt);
                if (!Insert(transaction, stored))
                {
                    duplicates++;
                    continue;
                }
                appended.Add(stored);
                (version, hash) = (stored.Version, stored.Hash);
            }
        }
        var kept = commit.Evidence.Where(evidence => SqliteEvidence.Keep(database, transaction, evidence)).Select(evidence => evidence.Seal()).ToList();
        foreach (var text in commit.Texts) SqliteTexts.Keep(database, transaction, text);
        SqliteRemovals.Remove(database, transaction, commit);
        SqliteSeals.Close(database, transaction, appended, kept, last, recordedAt);
        if (commit.Checkpoint is { } checkpoint) Store(transaction, checkpoint);
        return new CommitResult(appended, duplicates);
    }

    private void CheckPlace(SqliteTransaction transaction, TrafficCheckpoint? checkpoint)
    {
        if (checkpoint is not { Expected: { } expected, Next: var (topic, partition, _) }) return;
        var actual = database.Prepared(transaction, "SELECT next_offset FROM checkpoints WHERE topic = $topic AND partition = $partition",
            ("$topic", topic), ("$partition", partition)).ExecuteScalar() as long? ?? 0;
        if (actual != expected) throw new CheckpointMovedException(topic, partition, expected, actual);
    }

    private long LastPosition(SqliteTransaction transaction) =>
        (long)database.Prepared(transaction, "SELECT COALESCE(MAX(position), 0) FROM events").ExecuteScalar()!;

    private static StoredEvent Link(long position, string stream, int version, string previousHash, NewEvent @event, DateTimeOffset recordedAt)
    {
        var (type, data) = (EventTypes.NameOf(@event.Event), EventTypes.Serialize(@event.Event));
        var hash = HashChain.Next(previousHash, stream, version, @event.Id, type, @event.OccurredAt, data);
        return new StoredEvent(position, stream, version, @event.Id, type, @event.OccurredAt, recordedAt, data, previousHash, hash);
    }

    private (int Version, string Hash) Head(SqliteTransaction transaction, string stream)
    {
        var command = database.Prepared(transaction,
            "SELECT version, hash FROM events WHERE stream = $stream ORDER BY version DESC LIMIT 1", ("$stream", stream));
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt32(0), reader.GetString(1)) : (0, HashChain.Genesis);
    }

    private bool Insert(SqliteTransaction transaction, StoredEvent e) => database.Prepared(transaction,
        """
        INSERT INTO events (position, stream, version, id, type, occurred_at, recorded_at, data, previous_hash, hash)
        VALUES ($position, $stream, $version, $id, $type, $occurred, $recorded, $data, $previous, $hash)
        ON CONFLICT (id) DO NOTHING
        """,
        ("$position", e.Position), ("$stream", e.Stream), ("$version", e.Version), ("$id", e.Id), ("$type", e.Type), ("$occurred", e.OccurredAt.UtcTicks),
        ("$recorded", e.RecordedAt.UtcTicks), ("$data", e.Data), ("$previous", e.PreviousHash), ("$hash", e.Hash)).ExecuteNonQuery() > 0;

    private void Store(SqliteTransaction transaction, TrafficCheckpoint checkpoint)
    {
        var (topic, partition, offset) = checkpoint.Next;
        database.Prepared(transaction, """
            INSERT INTO checkpoints (topic, partition, next_offset, clock) VALUES ($topic, $partition, $next, $clock)
            ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset, clock = COALESCE(excluded.clock, clock)
            """,
            ("$topic", topic), ("$partition", partition), ("$next", offset), ("$clock", checkpoint.Clock?.UtcTicks)).ExecuteNonQuery();
        foreach (var watch in checkpoint.Watches)
            database.Prepared(transaction, "INSERT OR REPLACE INTO watches VALUES ($topic, $partition, $address, $data)",
                ("$topic", topic), ("$partition", partition), ("$address", watch.Address),
                ("$data", JsonSerializer.Serialize(watch, EventJson.Default.DeviceWatch))).ExecuteNonQuery();
        foreach (var address in checkpoint.Forgotten)
            database.Prepared(transaction, "DELETE FROM watches WHERE topic = $topic AND partition = $partition AND address = $address",
                ("$topic", topic), ("$partition", partition), ("$address", address)).ExecuteNonQuery();
        SqliteScores.Add(database, transaction, checkpoint.Scores);
    }

    // Page by page, each in a connection of its own: a slow reader holds no lock and no snapshot.
    private async IAsyncEnumerable<StoredEvent> ReadPagesAsync(
        string where, string stream, int fromVersion, long fromPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var page = new List<StoredEvent>(PageSize);
        do
        {
            page.Clear();
            await using (var connection = database.Connect())
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT {SqliteEventRow.Columns} FROM events WHERE {where} ORDER BY position LIMIT {PageSize}";
                if (stream.Length > 0)
                {
                    command.Parameters.AddWithValue("$a", stream);
                    command.Parameters.AddWithValue("$c", fromVersion);
                }
                command.Parameters.AddWithValue("$b", fromPosition);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation)) page.Add(SqliteEventRow.Read(reader));
            }
            foreach (var @event in page) yield return @event;
            if (page.Count > 0) fromPosition = page[^1].Position + 1;
        }
        while (page.Count == PageSize);
    }
}
