using System.Data.Common;
using IoMTAD.Capture;
using IoMTAD.Hosting.Recording;
using IoMTAD.Policy;
using IoMTAD.Recording;
using Marten;
using Npgsql;

namespace IoMTAD.Functions.Recording;

/// <summary>The event store in PostgreSQL: Marten appends, and what stands beside the events changes in the same transaction.</summary>
/// <param name="source">Its search path names the record's schema (<see cref="RecordSchema"/>).</param>
/// <param name="documents">Of <see cref="RecordSchema.Open(NpgsqlDataSource)"/>.</param>
/// <remarks>Writers take turns by a lock in the database, over all hosts: positions and seals run over all streams.
/// A <see cref="DbException"/> says nothing about whether a commit was stored; committed again, its events are stored once.</remarks>
public sealed class MartenEventStore(NpgsqlDataSource source, IDocumentStore documents, TimeProvider time, IEnumerable<ICommitFollower> followers)
    : ITransactionalStore
{
    // A host that has vanished holds up the others for no longer than this.
    private const string TakeTurn = """
        SELECT set_config('idle_in_transaction_session_timeout', '60s', true), pg_advisory_xact_lock(hashtextextended('record of ' || current_schema(), 0))
        """;

    private readonly MartenAppend events = new(documents);
    private readonly RecordReader reader = new(source);
    private readonly ICommitFollower[] followers = [.. followers];

    public Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellation = default) =>
        WriteAsync(transaction => AppendAsync(transaction, commit, cancellation), cancellation);

    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var turn = new NpgsqlCommand(TakeTurn, connection))
            await turn.ExecuteNonQueryAsync(cancellation);
        var result = await work(transaction);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    public async Task<CommitResult> AppendAsync(DbTransaction transaction, Commit commit, CancellationToken cancellation = default)
    {
        Removals.Check(commit);
        var own = (NpgsqlTransaction)transaction;
        var start = await CommitStart.ReadAsync(own, commit, cancellation);
        var result = start.Link(commit, time.GetUtcNow());
        await events.AppendAsync(own, result.Appended, cancellation);
        await CommitEnd.StoreAsync(own, commit, start.Seal(commit, result.Appended), cancellation);
        if (result.Appended.Count > 0)
            foreach (var follower in followers) await follower.FollowAsync(transaction, result.Appended, cancellation);
        return result;
    }

    public async Task<DbConnection> ConnectAsync(CancellationToken cancellation = default) => await source.OpenConnectionAsync(cancellation);

    public Task<long> ReadHeadAsync(CancellationToken cancellation = default) => reader.ReadHeadAsync(cancellation);

    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, int fromVersion = 1, CancellationToken cancellation = default) =>
        reader.ReadStreamAsync(stream, fromVersion, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancellation = default) =>
        reader.ReadAllAsync(fromPosition, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadBetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        reader.ReadBetweenAsync(from, to, cancellation);

    public Task<TrafficCheckpoint?> ReadCheckpointAsync(string topic, int partition, CancellationToken cancellation = default) =>
        reader.ReadCheckpointAsync(topic, partition, cancellation);

    public IAsyncEnumerable<Seal> ReadSealsAsync(long fromNumber = 1, CancellationToken cancellation = default) =>
        reader.ReadSealsAsync(fromNumber, cancellation);

    public Task<StoreHead> ReadSealedHeadAsync(CancellationToken cancellation = default) => reader.ReadSealedHeadAsync(cancellation);

    public Task<Evidence?> ReadEvidenceAsync(TrafficPosition position, CancellationToken cancellation = default) =>
        reader.ReadEvidenceAsync(position, cancellation);

    public Task<PersonalText?> ReadTextAsync(string digest, CancellationToken cancellation = default) => reader.ReadTextAsync(digest, cancellation);

    public Task<IReadOnlyList<ScoreCount>> ReadScoresAsync(string model, DateTimeOffset from, CancellationToken cancellation = default) =>
        ScoreRows.ReadAsync(source, model, from, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
