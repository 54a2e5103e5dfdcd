using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Tests.Models.Trees;

public sealed class RandomForestFitTests
{
    private static readonly ForestOptions SingleTree = new(Trees: 1, FeaturesPerNode: 100, Bootstrap: false);

    // The larger set has nodes whose sums are differences of other nodes' sums.
    [Theory]
    [InlineData(60, 12, 4, 0)]
    [InlineData(60, 12, 4, 1)]
    [InlineData(4000, 200, 2, 0.5)]
    public void Where_every_value_has_a_bin_a_split_is_as_good_as_the_best_of_an_exact_search(
        int count, int values, int depth, double balance)
    {
        var random = new Random(count);
        var rows = new float[count][];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            var row = rows[i] = [random.Next(values), random.Next(values), random.Next(values)];
            labels[i] = random.Next(8) == 0 ? random.Next(3) : row[0] + row[1] > values ? 1 : row[2] > 0.7f * values ? 2 : 0;
        }
        var data = new LabelledVectors(new Clouds([.. rows.SelectMany(r => r)], 3), labels, ["a", "b", "c"]);
        var fit = RandomForestFit.Run(data, SingleTree with { Depth = depth, ClassBalance = balance }, Clouds.Silent, default);
        new ExactCart(rows, labels, data.ClassWeights(balance), depth).AssertGreedy(fit.Ensemble);
    }

    [Theory]
    [InlineData(true, false, int.MaxValue)]
    [InlineData(false, true, int.MaxValue)]
    [InlineData(true, false, 9)]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads(bool bootstrap, bool randomThresholds, int leaves)
    {
        var data = Clouds.Drawn(900, 4, 2.5, 3, 2, 1);
        var options = new ForestOptions(Trees: 9, Bootstrap: bootstrap, RandomThresholds: randomThresholds, MaxLeaves: leaves);
        var one = RandomForestFit.Run(data, options with { Threads = 1 }, Clouds.Silent, default);
        var two = RandomForestFit.Run(data, options with { Threads = 2 }, Clouds.Silent, default);
        var other = RandomForestFit.Run(data, options with { Seed = 2 }, Clouds.Silent, default);
        Assert.True(one.Ensemble.Nodes.SequenceEqual(two.Ensemble.Nodes));
        Assert.True(one.Ensemble.LeafValues.SequenceEqual(two.Ensemble.LeafValues));
        Assert.Equal(one.Importance, two.Importance);
        Assert.False(one.Ensemble.Nodes.SequenceEqual(other.Ensemble.Nodes));
    }

    [Fact]
    public void Classes_that_stand_apart_are_told_apart()
    {
        var (seen, unseen) = (Clouds.Drawn(800, 1, 1.1, 1, 1, 1, 1), Clouds.Drawn(400, 2, 1.1, 1, 1, 1, 1));
        var fit = RandomForestFit.Run(seen, new(Trees: 20), Clouds.Silent, default);
        Assert.InRange(Clouds.Accuracy(fit.Ensemble, unseen), 0.97, 1);
    }

    [Fact]
    public void Outputs_are_probabilities_whatever_the_options() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var data = Clouds.Drawn(1 + seed % 90, seed, 3, 4, 1, 2);
        var options = new ForestOptions(
            Trees: 1 + seed % 5, Depth: seed % 7, MaxLeaves: 2 + seed % 11, MinLeafWeight: seed % 4,
            ClassBalance: seed % 3 / 2.0, Seed: seed);
        var ensemble = RandomForestFit.Run(data, options, Clouds.Silent, default).Ensemble;
        return Clouds.Predict(ensemble, data.Vectors).Chunk(3).All(p => p.All(x => x >= 0) && Math.Abs(p.Sum() - 1) < 1e-5);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Balanced_classes_let_a_rare_class_be_found()
    {
        var data = Clouds.Drawn(3000, 6, 4, 60, 1);
        var plain = RandomForestFit.Run(data, new(Trees: 10, Depth: 3), Clouds.Silent, default);
        var balanced = RandomForestFit.Run(data, new(Trees: 10, Depth: 3, ClassBalance: 1), Clouds.Silent, default);
        Assert.True(Found(balanced) > 2 * Found(plain));

        int Found(FittedTrees fit) => Clouds.Decide(fit.Ensemble, data.Vectors)
            .Where((c, i) => c == 1 && data.Labels.Span[i] == 1).Count();
    }

    [Fact]
    public void Limits_on_depth_leaves_and_weight_hold()
    {
        var data = Clouds.Drawn(700, 8, 4, 1, 1);
        Assert.All(Fit(new(Trees: 4, Depth: 3)).Depths.ToArray(), d => Assert.InRange(d, 1, 3));
        var few = Fit(new(Trees: 4, MaxLeaves: 5));
        Assert.Equal(4 * 5, few.LeafValues.Length / 2);
        var heavy = Fit(SingleTree with { MinLeafWeight = 100 });
        Assert.InRange(heavy.LeafValues.Length / 2, 2, 7);

        Inference.Trees.TreeEnsemble Fit(ForestOptions options) => RandomForestFit.Run(data, options, Clouds.Silent, default).Ensemble;
    }

    [Fact]
    public void Importance_lies_with_the_values_that_tell_the_classes_apart()
    {
        var importance = RandomForestFit.Run(Clouds.Drawn(800, 9, 1.5, 1, 1, 1), new(Trees: 20), Clouds.Silent, default).Importance;
        Assert.Equal(1, importance.Sum(), 1e-5);
        Assert.True(importance[0] > importance[2] && importance[1] > importance[2]);
        Assert.Equal(0, importance[3]);
    }

    [Fact]
    public void Vectors_that_are_all_alike_give_the_shares_of_the_classes()
    {
        var data = new LabelledVectors(new Clouds(new float[12], 3), new[] { 0, 1, 1, 1 }, ["a", "b"]);
        var ensemble = RandomForestFit.Run(data, SingleTree, Clouds.Silent, default).Ensemble;
        Assert.Equal([0.25f, 0.75f], Clouds.Predict(ensemble, data.Vectors)[..2]);
    }

    [Fact]
    public void A_cancelled_fit_keeps_the_trees_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var listener = new CancelAtThird(cancel);
        var data = Clouds.Drawn(300, 3, 2, 1, 1);
        var fit = RandomForestFit.Run(data, new(Trees: 500, Threads: 1), new(listener, new EagerClock()), cancel.Token);
        Assert.InRange(fit.Ensemble.Trees, 1, 499);
        Assert.All(Clouds.Predict(fit.Ensemble, data.Vectors).Chunk(2), p => Assert.Equal(1, p.Sum(), 1e-5));
    }

    private sealed class CancelAtThird(CancellationTokenSource cancel) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Done >= 3 / 500.0) cancel.Cancel();
        }
    }

    /// <summary>A second passes at each look, so that every report is told.</summary>
    private sealed class EagerClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ++now;
    }
}
