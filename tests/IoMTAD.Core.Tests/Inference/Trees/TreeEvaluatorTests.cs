using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Inference.Trees;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Inference.Trees;

public sealed class TreeEvaluatorTests
{
    [Fact]
    public void A_plain_recursive_reading_gives_the_same_bits() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 300).ToArbitrary(), (seed, rows) =>
        {
            var ensemble = RandomTrees.Of(seed, 1 + seed % 7, 1 + seed % 5, 1 + seed % 11);
            var inputs = RandomTrees.Rows(seed, rows, ensemble.Inputs);
            var outputs = new float[rows * ensemble.Outputs];
            ensemble.Create(rows).Predict(inputs, rows, outputs);
            return Enumerable.Range(0, rows).All(row => RandomTrees.Plain(ensemble, inputs.AsSpan(row * ensemble.Inputs, ensemble.Inputs))
                .AsSpan().SequenceEqual(outputs.AsSpan(row * ensemble.Outputs, ensemble.Outputs)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_at_the_threshold_goes_left_and_no_number_goes_right()
    {
        var ensemble = new TreeEnsemble(1, 1, [0], [TreeNode.Split(0, 2, 1), TreeNode.AtLeaf(1, 0), TreeNode.AtLeaf(2, 1)], [10, 20]);
        var outputs = new float[4];
        ensemble.Create(4).Predict([2, 2.1f, float.NaN, float.NegativeInfinity], 4, outputs);
        Assert.Equal([10, 20, 20, 10], outputs);
    }

    [Fact]
    public void A_tree_may_be_a_single_leaf()
    {
        var ensemble = new TreeEnsemble(3, 2, [0, 1], [TreeNode.AtLeaf(0, 0), TreeNode.AtLeaf(1, 1)], [1, 2, 3, 4]);
        var outputs = new float[9 * 2];
        ensemble.Create(9).Predict(new float[9 * 3], 9, outputs);
        Assert.Equal(Enumerable.Repeat<float[]>([4, 6], 9).SelectMany(x => x), outputs);
    }

    [Fact]
    public void Fewer_values_than_rows_are_refused()
    {
        var predictor = RandomTrees.Of(1, 3, 2, 2).Create(4);
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[11], 4, new float[8]));
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[12], 4, new float[7]));
    }

    [Fact]
    public void Predicting_allocates_nothing()
    {
        var ensemble = RandomTrees.Of(5, 8, 3, 20);
        var predictor = ensemble.Create(200);
        var (inputs, outputs) = (RandomTrees.Rows(5, 200, 8), new float[200 * 3]);
        Assert.Equal(0, Allocations.Of(() => predictor.Predict(inputs, 200, outputs)));
    }
}
