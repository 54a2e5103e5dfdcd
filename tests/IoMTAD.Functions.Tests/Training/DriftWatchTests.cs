using IoMTAD.Functions.Training;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Recording;
using IoMTAD.Inference;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Local.Views;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Tests;
using IoMTAD.Tests.Inference;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoMTAD.Functions.Tests.Training;

/// <summary>How a model scores in use, held against what its own traffic scored.</summary>
public sealed class DriftWatchTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Clock = new(2026, 3, 9, 14, 20, 0, TimeSpan.Zero);

    private readonly TestStore store = new();
    private readonly TemporaryFolder folder = new();
    private readonly DriftWatch watch;
    private long next;

    public DriftWatchTests() => watch = new DriftWatch(store.Events, new SqliteReadModels(store.Database, store.Events), Models,
        new TrainingSettings("ward", null, null, null), NullLogger<DriftWatch>.Instance);

    private static AnomalyModel Model => SmallModel.Model;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private FolderModelStore Models => new(folder.Path);

    public async ValueTask DisposeAsync()
    {
        watch.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Traffic_that_scores_as_the_models_own_has_not_drifted()
    {
        await PromoteAsync();
        await ScoreAsync(Model.Version, Clock, Model.Manifest.HeldOutScores);
        Assert.False((await watch.CheckAsync(Cancellation))!.HasDrifted);
    }

    [Fact]
    public async Task Traffic_that_scores_higher_has_whoever_scored_it_and_the_host_measures_it()
    {
        using var measured = new Measured();
        await PromoteAsync();
        await ScoreAsync(Model.Version, Clock, [.. Model.Manifest.HeldOutScores.Select(s => s + 0.6f)]);

        var drift = await watch.CheckAsync(Cancellation);

        Assert.True(drift!.HasDrifted);
        Assert.Contains(drift.PopulationStability, measured.Of(DriftWatch.Instrument));
    }

    [Fact]
    public async Task What_another_version_scored_and_what_was_scored_before_the_last_week_does_not_count()
    {
        await PromoteAsync();
        await ScoreAsync("ward@old", Clock, Model.Manifest.HeldOutScores);
        await ScoreAsync(Model.Version, Clock.AddDays(-8), Model.Manifest.HeldOutScores);
        await ScoreAsync("ward@old", Clock, Model.Manifest.HeldOutScores);
        Assert.Null(await watch.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Without_a_model_or_with_one_that_cannot_be_loaded_nothing_is_said()
    {
        await ScoreAsync(Model.Version, Clock, Model.Manifest.HeldOutScores);
        Assert.Null(await watch.CheckAsync(Cancellation));
        await PromoteAsync();
        Directory.Delete(Models.FolderOf(Model.Version), recursive: true);
        Assert.Null(await watch.CheckAsync(Cancellation));
    }

    private async Task PromoteAsync()
    {
        await Models.KeepAsync(Model.Version, Model.Files.ToDictionary(f => f.Key, f => (ReadOnlyMemory<byte>)f.Value), Cancellation);
        var log = new ModelLog(store.Events, "ward", Clock.AddDays(-20));
        await log.RecordAsync(await log.ReadAsync(Cancellation), new ModelPromoted("ward", Model.Version, null, "the first"), Cancellation);
    }

    /// <summary>Each score a hundred times.</summary>
    private async Task ScoreAsync(string version, DateTimeOffset hour, IReadOnlyList<float> scores)
    {
        var before = next++;
        await store.Events.CommitAsync(new Commit([], new TrafficCheckpoint(new("t", 0, next), [])
        {
            Clock = hour, Expected = before,
            Scores = [.. scores.GroupBy(s => ScoreBins.Of(s)!.Value).Select(g => new ScoreCount(version, hour, g.Key, 100 * g.Count(), 0))],
        }), Cancellation);
    }
}
