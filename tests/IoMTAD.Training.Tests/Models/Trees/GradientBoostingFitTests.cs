using IoMTAD.Inference;
using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Tests.Models.Trees;

public sealed class GradientBoostingFitTests
{
    [Fact]
    public void Boosted_trees_tell_classes_apart()
    {
        var (seen, unseen) = (Clouds.Drawn(800, 1, 1.1, 1, 1, 1), Clouds.Drawn(400, 2, 1.1, 1, 1, 1));
        var model = new SoftmaxPredictor(GradientBoostingFit.Run(seen, new(Rounds: 20), Clouds.Silent, default).Ensemble);
        Assert.InRange(Clouds.Accuracy(model, unseen), 0.97, 1);
        Assert.All(Clouds.Predict(model, unseen.Vectors).Chunk(3), p => Assert.Equal(1, p.Sum(), 1e-5));
    }

    [Fact]
    public void A_tree_that_may_not_split_says_how_common_the_classes_are()
    {
        var data = Clouds.Drawn(4000, 3, 1, 6, 3, 1);
        var model = new SoftmaxPredictor(GradientBoostingFit.Run(data, new(Rounds: 5, Depth: 0), Clouds.Silent, default).Ensemble);
        var shares = Clouds.Predict(model, data.Vectors)[..3];
        for (var c = 0; c < 3; c++) Assert.Equal(data.Labels.ToArray().Count(l => l == c) / 4000.0, shares[c], 0.01);
    }

    [Fact]
    public void More_rounds_lower_the_loss_on_what_was_seen()
    {
        var data = Clouds.Drawn(2500, 5, 3, 2, 1, 1);
        double few = Loss(2), more = Loss(10), many = Loss(40);
        Assert.True(few > more && more > many, $"{few} {more} {many}");

        double Loss(int rounds)
        {
            var model = new SoftmaxPredictor(GradientBoostingFit.Run(data, new(Rounds: rounds), Clouds.Silent, default).Ensemble);
            return Clouds.Predict(model, data.Vectors).Chunk(3).Select((p, i) => -Math.Log(p[data.Labels.Span[i]])).Average();
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3000)]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads(int count)
    {
        var data = Clouds.Drawn(count, 7, 3, 2, 1, 1);
        var one = GradientBoostingFit.Run(data, new(Rounds: 4, Threads: 1), Clouds.Silent, default).Ensemble;
        var two = GradientBoostingFit.Run(data, new(Rounds: 4, Threads: 2), Clouds.Silent, default).Ensemble;
        Assert.True(one.Nodes.SequenceEqual(two.Nodes));
        Assert.True(one.LeafValues.SequenceEqual(two.LeafValues));
    }
}
