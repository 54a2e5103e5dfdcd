using IoMTAD.Capture;
using IoMTAD.Policy;
using IoMTAD.Recording;

namespace IoMTAD.Functions.Tests.Capture;

/// <summary>A store whose database may be away.</summary>
internal sealed class AwayStore(IEventStore inner) : IEventStore
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAway { get; set; }

    /// <summary>Completes when it was asked in vain.</summary>
    public Task Asked => asked.Task;

    public Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellation = default)
    {
        if (!IsAway) return inner.CommitAsync(commit, cancellation);
        asked.TrySetResult();
        throw new IOException("the database is away");
    }

    public Task<TrafficCheckpoint?> ReadCheckpointAsync(string topic, int partition, CancellationToken cancellation = default) =>
        inner.ReadCheckpointAsync(topic, partition, cancellation);

    public Task<long> ReadHeadAsync(CancellationToken cancellation = default) => inner.ReadHeadAsync(cancellation);

    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, int fromVersion = 1, CancellationToken cancellation = default) =>
        inner.ReadStreamAsync(stream, fromVersion, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancellation = default) =>
        inner.ReadAllAsync(fromPosition, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadBetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        inner.ReadBetweenAsync(from, to, cancellation);

    public IAsyncEnumerable<Seal> ReadSealsAsync(long fromNumber = 1, CancellationToken cancellation = default) =>
        inner.ReadSealsAsync(fromNumber, cancellation);

    public Task<StoreHead> ReadSealedHeadAsync(CancellationToken cancellation = default) => inner.ReadSealedHeadAsync(cancellation);

    public Task<Evidence?> ReadEvidenceAsync(TrafficPosition position, CancellationToken cancellation = default) =>
        inner.ReadEvidenceAsync(position, cancellation);

    public Task<PersonalText?> ReadTextAsync(string digest, CancellationToken cancellation = default) => inner.ReadTextAsync(digest, cancellation);

    public Task<IReadOnlyList<ScoreCount>> ReadScoresAsync(string model, DateTimeOffset from, CancellationToken cancellation = default) =>
        inner.ReadScoresAsync(model, from, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
