using IoMTAD.Functions.Inference;
using IoMTAD.Inference;
using IoMTAD.Local.Tests.Response;
using IoMTAD.Policy;
using IoMTAD.Policy.Models;
using IoMTAD.Recording;
using IoMTAD.Tests.Inference;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Tests.Inference;

public sealed class ScorerInUseTests : IAsyncDisposable
{
    private static readonly AnomalyModel First = SmallModel.Model, Second = First.WithFalseAlarmRate(0.2), Third = First.WithFalseAlarmRate(0.3);

    private readonly ScriptedModels models = new(First, Second, Third);
    private readonly ManualTime time = new();
    private readonly KeptLog<ScorerInUse> log = new();
    private readonly List<TrackedScorer> made = [];
    private readonly ScorerInUse inUse;

    public ScorerInUseTests() => inUse = new ScorerInUse(models, "ward", Create, time, log);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => inUse.DisposeAsync();

    [Fact]
    public async Task Before_the_first_model_there_is_no_scorer()
    {
        await inUse.RestoreAsync(KnownModels.Of(new Model("another", [First.Version], 1)), Cancellation);
        using var lease = inUse.Lease();
        Assert.Null(lease.Scorer);
        Assert.Null(inUse.Wanted);
        Assert.Equal(0, models.Loads);
    }

    [Fact]
    public async Task The_version_on_record_is_there_when_it_has_been_restored()
    {
        await inUse.RestoreAsync(KnownModels.Of(new Model("another", [Third.Version], 1), new Model("ward", [First.Version, Second.Version], 2)), Cancellation);
        using var lease = inUse.Lease();
        Assert.Equal(Second.Version, lease.Scorer!.ModelVersion);
    }

    [Fact]
    public async Task A_promoted_version_takes_over_when_it_is_loaded_and_batches_go_on_meanwhile()
    {
        await PromoteAsync(First);
        var loading = models.Hold(Second.Version);
        await inUse.OnCommittedAsync([Promoted(Second)], Cancellation);
        await models.Asked.WaitAsync(Cancellation);
        await models.Asked.WaitAsync(Cancellation);
        using (var lease = inUse.Lease()) Assert.Equal(First.Version, lease.Scorer!.ModelVersion);
        Assert.Equal((Second.Version, First.Version), (inUse.Wanted, inUse.Version));
        loading.SetResult();
        await inUse.Loading;
        using (var lease = inUse.Lease()) Assert.Equal(Second.Version, lease.Scorer!.ModelVersion);
    }

    [Fact]
    public async Task A_version_that_is_rolled_back_gives_way_to_the_one_before()
    {
        await PromoteAsync(First);
        await PromoteAsync(Second);
        await inUse.OnCommittedAsync([Stored(new ModelRolledBack("ward", First.Version, Second.Version, "worse"))], Cancellation);
        await inUse.Loading;
        Assert.Equal(First.Version, inUse.Version);
    }

    [Fact]
    public async Task An_old_scorer_goes_with_its_last_batch()
    {
        await PromoteAsync(First);
        var (one, other) = (inUse.Lease(), inUse.Lease());
        var scorers = new[] { one, other }.Select(l => (TrackedScorer)l.Scorer!).ToArray();
        Assert.NotSame(scorers[0], scorers[1]);
        await PromoteAsync(Second);
        Assert.All(scorers, s => Assert.Equal(0, s.Disposals));
        one.Dispose();
        one.Dispose();
        Assert.Equal([1, 0], scorers.Select(s => s.Disposals));
        other.Dispose();
        Assert.Equal([1, 1], scorers.Select(s => s.Disposals));
    }

    [Fact]
    public async Task A_free_scorer_is_used_again_and_goes_at_once_when_another_takes_over()
    {
        await PromoteAsync(First);
        for (var batch = 0; batch < 3; batch++) inUse.Lease().Dispose();
        Assert.Single(made);
        await PromoteAsync(Second);
        Assert.Equal([1, 0], made.Select(s => s.Disposals));
    }

    [Theory]
    [InlineData("a reason")]
    [InlineData("a fault")]
    [InlineData("a runtime that refuses")]
    public async Task A_version_that_cannot_be_loaded_leaves_the_old_one_in_place_is_told_and_is_tried_again(string how)
    {
        await PromoteAsync(First);
        models.Broken[Second.Version] = how switch
        {
            "a reason" => () => new ModelLoad(null, "models/ward-2: autoencoder.onnx is missing"),
            "a fault" => () => throw new IOException("models/ward-2 gives no answer"),
            _ => () => new ModelLoad(Second.With(Second.Manifest with { Name = TrackedScorer.Refused }), null),
        };
        await PromoteAsync(Second);
        using (var lease = inUse.Lease()) Assert.Equal(First.Version, lease.Scorer!.ModelVersion);
        var (level, text) = log.Said.Last();
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains(Second.Version, text, StringComparison.Ordinal);
        Assert.Contains("models/ward-2", text, StringComparison.Ordinal);

        models.Broken.Clear();
        Assert.Equal(TimeSpan.FromMinutes(1), await time.PassAsync(Cancellation));
        await inUse.Loading;
        Assert.Equal(Second.Version, inUse.Version);
        Assert.Equal(1, made[0].Disposals);
    }

    [Fact]
    public async Task Of_versions_that_follow_each_other_while_one_is_loaded_the_last_is_used()
    {
        var loading = models.Hold(First.Version);
        await inUse.OnCommittedAsync([Promoted(First)], Cancellation);
        await models.Asked.WaitAsync(Cancellation);
        await inUse.OnCommittedAsync([Promoted(Second), Promoted(Third)], Cancellation);
        loading.SetResult();
        await inUse.Loading;
        Assert.Equal(Third.Version, inUse.Version);
        Assert.Equal([(First.Version, 1), (Third.Version, 0)], made.Select(s => (s.ModelVersion, s.Disposals)));
    }

    [Fact]
    public async Task What_happens_to_other_models_or_is_no_change_is_passed_over()
    {
        await inUse.OnCommittedAsync(
        [
            Stored(new ModelPromoted("another", First.Version, null, "")), Stored(new ModelTrained("ward", Second.Version, "window-v1", 1, 0)),
            Promoted(First) with { Stream = Model.StreamOf("third"), Data = "no JSON" },
        ], Cancellation);
        await inUse.Loading;
        Assert.Equal((0, null), (models.Loads, inUse.Wanted));
    }

    [Fact]
    public async Task When_the_host_ends_nothing_is_loaded_any_more_and_every_scorer_goes()
    {
        await PromoteAsync(First);
        var lease = inUse.Lease();
        models.Hold(Second.Version);
        await inUse.OnCommittedAsync([Promoted(Second)], Cancellation);
        await inUse.DisposeAsync();
        lease.Dispose();
        Assert.All(made, s => Assert.Equal(1, s.Disposals));
        Assert.DoesNotContain(log.Said, s => s.Level >= LogLevel.Warning);
    }

    private async Task PromoteAsync(AnomalyModel model)
    {
        await inUse.OnCommittedAsync([Promoted(model)], Cancellation);
        await inUse.Loading;
    }

    private TrackedScorer Create(AnomalyModel model)
    {
        var scorer = new TrackedScorer(model);
        made.Add(scorer);
        return scorer;
    }

    private static StoredEvent Promoted(AnomalyModel model) => Stored(new ModelPromoted("ward", model.Version, null, "better"));

    private static StoredEvent Stored(DomainEvent e)
    {
        var model = e switch { ModelPromoted p => p.Model, ModelRolledBack r => r.Model, ModelTrained t => t.Model, _ => "" };
        return new(1, Model.StreamOf(model), 1, "id", EventTypes.NameOf(e), default, default, EventTypes.Serialize(e), "", "");
    }
}
