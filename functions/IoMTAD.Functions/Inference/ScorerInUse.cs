using IoMTAD.Hosting.Inference;
using IoMTAD.Inference;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Inference;

/// <summary>The scorer of the version that the record has in use. A new one is loaded in the background and takes the old one's place between two
/// batches; where it cannot be loaded, the old one stays and it is tried again.</summary>
/// <param name="name">Of the model whose versions are followed.</param>
/// <param name="create">Makes a scorer of a model; one that holds native memory is disposed with its last batch.</param>
public sealed class ScorerInUse(
    IModelStore models, string name, Func<AnomalyModel, IAnomalyScorer> create, TimeProvider time, ILogger<ScorerInUse> log)
    : IScorerSource, IModelFollower, IAsyncDisposable
{
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromMinutes(1);

    private readonly string stream = Model.StreamOf(name);
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ended = new();
    private ScorerPool? current;
    private string? wanted;
    private ITimer? nextTry;

    /// <summary>The version that the record has in use; null before the first.</summary>
    public string? Wanted
    {
        get
        {
            lock (gate) return wanted;
        }
    }

    /// <summary>The version that batches are scored with; another than <see cref="Wanted"/> while that is loaded, or cannot be.</summary>
    public string? Version
    {
        get
        {
            lock (gate) return current?.Version;
        }
    }

    /// <summary>Ends when what is wanted has been loaded, or has failed to.</summary>
    internal Task Loading { get; private set; } = Task.CompletedTask;

    /// <summary>The scorer for one batch.</summary>
    public IScorerLease Lease()
    {
        ScorerPool? pool;
        lock (gate) pool = current;
        return new ScorerLease(pool);
    }

    /// <summary>To be awaited before the first batch: returns when the version in use has been loaded, or has failed to.</summary>
    public async Task RestoreAsync(IReadModels reads, CancellationToken cancellation = default)
    {
        var known = await reads.ModelsAsync(cancellation);
        await Want(known.FirstOrDefault(m => m.Name == name)?.Current).WaitAsync(cancellation);
    }

    /// <summary>Follows the record: to be called with each event once, in order. Does not wait for what it begins.</summary>
    public Task OnCommittedAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellation = default)
    {
        foreach (var stored in events.Where(e => e.Stream == stream))
            if (VersionOf(stored.Event) is { } version) _ = Want(version);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (ended.IsCancellationRequested) return;
        await ended.CancelAsync();
        Task loading;
        lock (gate)
        {
            nextTry?.Dispose();
            loading = Loading;
        }
        await loading;
        lock (gate) current?.Retire();
        ended.Dispose();
    }

    private static string? VersionOf(DomainEvent? @event) => @event switch
    {
        ModelPromoted e => e.Version,
        ModelRolledBack e => e.Version,
        _ => null,
    };

    /// <returns>Ends when that has been seen to.</returns>
    private Task Want(string? version)
    {
        lock (gate)
        {
            wanted = version ?? wanted;
            return Begin();
        }
    }

    // One after the other: the last that was wanted is the last that is loaded.
    private Task Begin()
    {
        lock (gate)
        {
            if (ended.IsCancellationRequested) return Loading;
            nextTry?.Dispose();
            nextTry = null;
            var before = Loading;
            return Loading = Task.Run(() => LoadAsync(before));
        }
    }

    private async Task LoadAsync(Task before)
    {
        await before;
        if (Wanted is not { } version || version == Version) return;
        try
        {
            var (model, error) = await models.LoadAsync(version, ended.Token);
            if (model is null) Failed(version, error!, null);
            else Use(create(model), model);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The host ends.
        }
        catch (Exception e)
        {
            // A store that does not answer, a file that the runtime refuses, a runtime that is not there: the batches go on with what there is.
            Failed(version, e.Message, e);
        }
    }

    private void Use(IAnomalyScorer first, AnomalyModel model)
    {
        var pool = new ScorerPool(first, () => create(model));
        ScorerPool? old;
        lock (gate)
        {
            // What was wanted while this was loaded comes next.
            var isWanted = wanted == pool.Version && !ended.IsCancellationRequested;
            old = isWanted ? current : pool;
            if (isWanted) current = pool;
        }
        if (old != pool) log.LogInformation("Scoring with {Version} from now on, in place of {Old}", pool.Version, old?.Version ?? "none");
        old?.Retire();
    }

    private void Failed(string version, string reason, Exception? exception)
    {
        log.LogError(exception,
            "The model {Version} is in use, but cannot be loaded: {Reason}; scoring goes on with {Current}, and it is tried again in {Wait}",
            version, reason, Version ?? "none", BeforeNextTry);
        lock (gate)
            if (!ended.IsCancellationRequested)
                nextTry ??= time.CreateTimer(timer => _ = Begin(), null, BeforeNextTry, Timeout.InfiniteTimeSpan);
    }
}
