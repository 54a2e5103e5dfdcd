using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Tests.Models.Trees;

public sealed class IsolationForestFitTests
{
    [Fact]
    public void An_outlier_ranks_first_and_scores_lie_between_zero_and_one()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 2000 * 3).Select(_ => random.NextSingle() + random.NextSingle()).ToArray();
        (values[3 * 700], values[3 * 700 + 1]) = (6, -4);
        var vectors = new Clouds(values, 3);
        var scores = Clouds.Predict(IsolationForestFit.Run(vectors, new(), Clouds.Silent, default), vectors);
        Assert.Equal(700, Array.IndexOf(scores, scores.Max()));
        Assert.All(scores, s => Assert.InRange(s, 0, 1));
        Assert.InRange(scores.Average(), 0.35, 0.55);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads()
    {
        var vectors = Clouds.Drawn(900, 2, 3, 1, 1).Vectors;
        var one = IsolationForestFit.Run(vectors, new(Trees: 12, Threads: 1), Clouds.Silent, default).Paths;
        var two = IsolationForestFit.Run(vectors, new(Trees: 12, Threads: 2), Clouds.Silent, default).Paths;
        Assert.True(one.Nodes.SequenceEqual(two.Nodes));
        Assert.True(one.LeafValues.SequenceEqual(two.LeafValues));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_few_vectors_are_enough(int count)
    {
        var vectors = Clouds.Drawn(count, 2, 3, 1, 1).Vectors;
        var scores = Clouds.Predict(IsolationForestFit.Run(vectors, new(Trees: 3), Clouds.Silent, default), vectors);
        Assert.All(scores, s => Assert.InRange(s, 0, 1));
    }
}
