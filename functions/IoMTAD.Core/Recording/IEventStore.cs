using IoMTAD.Capture;
using IoMTAD.Policy;

namespace IoMTAD.Recording;

/// <param name="Id">Identity of the event: a second one with the same is refused, silently, in the same transaction.</param>
public sealed record NewEvent(string Id, DomainEvent Event, DateTimeOffset OccurredAt);

/// <param name="ExpectedVersion">The version the stream must have, 0 for a new one; null where any will do.</param>
public sealed record StreamAppend(string Stream, int? ExpectedVersion, IReadOnlyList<NewEvent> Events);

/// <summary>How far a partition has been read, and what deciding about its next segment needs.</summary>
/// <param name="Next">The first record that has not been processed.</param>
/// <param name="Watches">To be stored, those that changed; read, all.</param>
public sealed record TrafficCheckpoint(TrafficPosition Next, IReadOnlyList<DeviceWatch> Watches)
{
    /// <summary>Traffic time up to which segments have been processed; null where that is not known.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>Addresses whose watches are dropped.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];

    /// <summary>How the segments up to here scored since the checkpoint before: to be stored, added to what is there; read, none.</summary>
    public IReadOnlyList<ScoreCount> Scores { get; init; } = [];

    /// <summary>Where the partition's checkpoint has to stand, 0 where there is none: another worker may have gone on meanwhile; null where any
    /// will do.</summary>
    public long? Expected { get; init; }
}

/// <summary>All that one batch came to: stored together or not at all.</summary>
public sealed record Commit(IReadOnlyList<StreamAppend> Appends, TrafficCheckpoint? Checkpoint = null)
{
    /// <summary>Segments whose anomalies are among the events. One that is there already stays as it is.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What people wrote, whose digests are in the events.</summary>
    public IReadOnlyList<PersonalText> Texts { get; init; } = [];

    /// <summary>Digests of texts to be erased: a <see cref="Policy.Records.TextErased"/> of each has to be among the events.</summary>
    public IReadOnlyList<string> ErasedTexts { get; init; } = [];

    /// <summary>Positions of evidence to be removed: an <see cref="Policy.Records.EvidenceExpired"/> has to name each. It does not come back.</summary>
    public IReadOnlyList<TrafficPosition> ExpiredEvidence { get; init; } = [];
}

/// <param name="Appended">Events stored now.</param>
/// <param name="Duplicates">Events that were there already.</param>
public sealed record CommitResult(IReadOnlyList<StoredEvent> Appended, int Duplicates);

/// <summary>Where the record ends, at one moment.</summary>
/// <param name="Position">Of the last event; 0 where there is none.</param>
/// <param name="Seal">The last one; null where nothing has been sealed yet.</param>
public sealed record StoreHead(long Position, Seal? Seal);

/// <summary>Another writer was there first: read the stream again and decide anew.</summary>
public sealed class WrongExpectedVersionException(string stream, int expected, int actual)
    : Exception($"stream {stream} is at version {actual}, not at {expected}")
{
    public string Stream { get; } = stream;
    public int Actual { get; } = actual;
}

/// <summary>Another worker has gone on with the partition: read its checkpoint again, and go on from there or leave it.</summary>
public sealed class CheckpointMovedException(string topic, int partition, long expected, long actual)
    : Exception($"partition {partition} of {topic} has been processed up to offset {actual}, not {expected}: another worker goes on with it")
{
    public string Topic { get; } = topic;
    public int Partition { get; } = partition;
    public long Expected { get; } = expected;
    public long Actual { get; } = actual;
}

/// <summary>The append-only record of every decision. Committed <see cref="Policy.Incidents.NotificationRequested"/> events are in the outbox too.</summary>
public interface IEventStore : IAsyncDisposable
{
    /// <exception cref="WrongExpectedVersionException">Nothing was stored.</exception>
    /// <exception cref="CheckpointMovedException">Nothing was stored.</exception>
    /// <exception cref="InvalidOperationException">It would remove what no event of it says is removed. Nothing was stored.</exception>
    Task<CommitResult> CommitAsync(Commit commit, CancellationToken cancellation = default);

    /// <returns>Position of the last event; 0 in an empty store.</returns>
    Task<long> ReadHeadAsync(CancellationToken cancellation = default);

    IAsyncEnumerable<StoredEvent> ReadStreamAsync(string stream, int fromVersion = 1, CancellationToken cancellation = default);

    /// <summary>In the order of commits, from <paramref name="fromPosition"/> on.</summary>
    IAsyncEnumerable<StoredEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancellation = default);

    /// <summary>By traffic time, from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    IAsyncEnumerable<StoredEvent> ReadBetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default);

    /// <returns>Null where nothing of this partition has been processed.</returns>
    Task<TrafficCheckpoint?> ReadCheckpointAsync(string topic, int partition, CancellationToken cancellation = default);

    /// <summary>How a version of a model has scored, from the hour on in which <paramref name="from"/> lies, by hour and bin.</summary>
    Task<IReadOnlyList<ScoreCount>> ReadScoresAsync(string model, DateTimeOffset from, CancellationToken cancellation = default);

    /// <summary>Each commit's, in their order, from <paramref name="fromNumber"/> on.</summary>
    IAsyncEnumerable<Seal> ReadSealsAsync(long fromNumber = 1, CancellationToken cancellation = default);

    Task<StoreHead> ReadSealedHeadAsync(CancellationToken cancellation = default);

    /// <returns>Null where no anomaly was recorded there, or it was recorded before evidence was kept.</returns>
    Task<Evidence?> ReadEvidenceAsync(TrafficPosition position, CancellationToken cancellation = default);

    /// <returns>Null where the text was erased, or never was here.</returns>
    Task<PersonalText?> ReadTextAsync(string digest, CancellationToken cancellation = default);
}
