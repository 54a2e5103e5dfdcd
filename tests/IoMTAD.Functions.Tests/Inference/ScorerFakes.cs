using System.Collections.Concurrent;
using System.Reflection;
using IoMTAD.Features;
using IoMTAD.Hosting.Inference;
using IoMTAD.Inference;
using IoMTAD.Policy.Models;
using IoMTAD.Views;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Tests.Inference;

/// <summary>A scorer that counts how often it was disposed.</summary>
internal sealed class TrackedScorer : IAnomalyScorer, IDisposable
{
    /// <summary>Name of a model that no scorer takes.</summary>
    public const string Refused = "refused";

    private readonly AnomalyModel model;
    private int disposals;

    public TrackedScorer(AnomalyModel model) =>
        this.model = model.Manifest.Name == Refused ? throw new InvalidOperationException("models/ward-2 has a node that is not known") : model;

    public int Disposals => disposals;
    public FeatureSchema Schema => model.Schema;
    public string ModelVersion => model.Version;
    public float Threshold => model.Manifest.Threshold;
    public void Score(ISequences batch, Span<AnomalyScore> scores) => throw new NotSupportedException();
    public int Explain(ISequences batch, int sequence, Span<FeatureContribution> contributions) => throw new NotSupportedException();
    public void Dispose() => Interlocked.Increment(ref disposals);
}

/// <summary>A store whose answers a test chooses and holds back.</summary>
internal sealed class ScriptedModels(params AnomalyModel[] known) : IModelStore
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> held = new(StringComparer.Ordinal);
    private int loads;

    public int Loads => loads;

    /// <summary>Released with each question.</summary>
    public SemaphoreSlim Asked { get; } = new(0);

    public ConcurrentDictionary<string, Func<ModelLoad>> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>The answer waits until that is completed.</summary>
    public TaskCompletionSource Hold(string version) => held[version] = new TaskCompletionSource();

    public Task KeepAsync(string version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public async Task<ModelLoad> LoadAsync(string version, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref loads);
        Asked.Release();
        if (held.TryGetValue(version, out var hold)) await hold.Task.WaitAsync(cancellation);
        return Broken.TryGetValue(version, out var broken) ? broken() : new(known.Single(m => m.Version == version), null);
    }
}

/// <summary>Read models that know of models alone.</summary>
internal class KnownModels : DispatchProxy
{
    private IReadOnlyList<Model> models = [];

    public static IReadModels Of(params Model[] models)
    {
        var reads = Create<IReadModels, KnownModels>();
        ((KnownModels)(object)reads).models = models;
        return reads;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(IReadModels.ModelsAsync) ? Task.FromResult(models) : throw new NotSupportedException(targetMethod?.Name);
}

/// <summary>What was logged.</summary>
internal sealed class KeptLog<T> : ILogger<T>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Said { get; } = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Said.Enqueue((logLevel, formatter(state, exception)));
}
