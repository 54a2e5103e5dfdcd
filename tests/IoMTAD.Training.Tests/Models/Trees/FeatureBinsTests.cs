using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Tests.Models.Trees;

public sealed class FeatureBinsTests
{
    [Fact]
    public void Few_values_have_a_bin_each_with_edges_halfway()
    {
        var bins = FeatureBins.Of(new Clouds([5, 1, 2, 2, 1, 5, 9], 1), 1, 1);
        Assert.Equal([0, 0, 1, 2, 3], new float[] { -7, 1, 2, 5, 100 }.Select(v => (int)bins.Find(0, v)));
        Assert.Equal([1.5f, 3.5f, 7f], Enumerable.Range(0, 3).Select(b => bins.Threshold(0, b)));
    }

    [Fact]
    public void Constant_columns_are_left_out()
    {
        var bins = FeatureBins.Of(new Clouds([3, 1, float.NaN, 3, 2, float.NaN], 3), 1, 1);
        Assert.Equal([1], bins.Columns);
    }

    [Fact]
    public void Many_values_fill_bins_evenly_and_a_common_value_has_one_alone()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 40_000).Select(i => i % 4 < 3 ? 0 : random.NextSingle() - 0.5f).ToArray();
        var bins = FeatureBins.Of(new Clouds(values, 1), 1, 1);
        Assert.InRange(bins.Count(0), 200, FeatureBins.Most);
        var counts = values.GroupBy(v => bins.Find(0, v)).ToDictionary(g => g.Key, g => g.ToArray());
        Assert.All(counts[bins.Find(0, 0)], v => Assert.Equal(0, v));
        Assert.All(counts.Where(c => c.Key != bins.Find(0, 0)), c => Assert.InRange(c.Value.Length, 1, 120));
    }

    [Fact]
    public void A_value_lies_in_a_bin_or_before_it_where_it_is_at_most_its_threshold() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var values = Enumerable.Range(0, random.Next(2, 900)).Select(_ => (float)Math.Exp(50 * random.NextDouble())).ToArray();
            var bins = FeatureBins.Of(new Clouds([.. values, 0, 1], 1), seed, 1);
            return values.Concat([float.NaN, float.NegativeInfinity, float.PositiveInfinity]).All(value =>
                Enumerable.Range(0, bins.Count(0) - 1).All(b => bins.Find(0, value) <= b == value <= bins.Threshold(0, b)));
        }).QuickCheckThrowOnFailure();
}
