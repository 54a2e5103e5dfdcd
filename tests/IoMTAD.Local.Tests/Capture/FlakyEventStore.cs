using IoMTAD.Capture;
using IoMTAD.Recording;

namespace IoMTAD.Local.Tests.Capture;

/// <summary>A store whose disk is full now and then: every commit fails so many times, before or after it was stored.</summary>
/// <param name="afterStoring">The commit is stored and the answer lost: the caller has to try again all the same.</param>
internal sealed class FlakyEventStore(IEventStore inner, int failures, bool afterStoring) : IEventStore
{
    private readonly int run = failures;
    private int left = failures;

    public int Failed { get; private set; }

    public async Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellation = default)
    {
        if (left-- > 0)
        {
            Failed++;
            if (afterStoring) await inner.CommitAsync(commit, cancellation);
            throw new IOException("no space left on device");
        }
        left = run;
        return await inner.CommitAsync(commit, cancellation);
    }

    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, int fromVersion = 1, CancellationToken cancellation = default) =>
        inner.ReadStreamAsync(stream, fromVersion, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancellation = default) =>
        inner.ReadAllAsync(fromPosition, cancellation);

    public IAsyncEnumerable<StoredEvent> ReadBetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        inner.ReadBetweenAsync(from, to, cancellation);

    public Task<TrafficCheckpoint?> ReadCheckpointAsync(string topic, int partition, CancellationToken cancellation = default) =>
        inner.ReadCheckpointAsync(topic, partition, cancellation);

    public IAsyncEnumerable<Seal> ReadSealsAsync(long fromNumber = 1, CancellationToken cancellation = default) =>
        inner.ReadSealsAsync(fromNumber, cancellation);

    public Task<StoreHead> ReadSealedHeadAsync(CancellationToken cancellation = default) => inner.ReadSealedHeadAsync(cancellation);

    public Task<Evidence?> ReadEvidenceAsync(TrafficPosition position, CancellationToken cancellation = default) =>
        inner.ReadEvidenceAsync(position, cancellation);

    public Task<long> ReadHeadAsync(CancellationToken cancellation = default) => inner.ReadHeadAsync(cancellation);

    public Task<IoMTAD.Policy.PersonalText?> ReadTextAsync(string digest, CancellationToken cancellation = default) =>
        inner.ReadTextAsync(digest, cancellation);

    public Task<IReadOnlyList<ScoreCount>> ReadScoresAsync(string model, DateTimeOffset from, CancellationToken cancellation = default) =>
        inner.ReadScoresAsync(model, from, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
