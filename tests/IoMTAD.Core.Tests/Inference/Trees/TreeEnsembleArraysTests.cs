using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Inference.Onnx;
using IoMTAD.Inference.Trees;

namespace IoMTAD.Core.Tests.Inference.Trees;

public sealed class TreeEnsembleArraysTests
{
    [Fact]
    public void What_becomes_arrays_comes_back_the_same() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var ensemble = RandomTrees.Of(seed, 5, 3, 1 + seed % 9);
        Assert.Null(TreeEnsembleArrays.TryFrom(TreeEnsembleArrays.Of(ensemble), 5, out var read));
        return read!.Roots.SequenceEqual(ensemble.Roots) && read.Nodes.SequenceEqual(ensemble.Nodes)
            && read.LeafValues.SequenceEqual(ensemble.LeafValues) && read.Depths.SequenceEqual(ensemble.Depths);
    }).QuickCheckThrowOnFailure();

    // Two trees: a split with two leaves, and a split whose right child splits again.
    private static TreeArrays Sound => new(
        1, [3, 5], [0, -1, -1, 1, -1, 0, -1, -1], [1, 0, 0, 2, 0, 3, 0, 0], [1, 0, 0, 1, 0, 3, 0, 0], [2, 0, 0, 2, 0, 4, 0, 0], [1, 2, 3, 4, 5]);

    [Fact]
    public void Sound_arrays_are_trees() => Assert.Null(TreeEnsembleArrays.TryFrom(Sound, 2, out _));

    private static readonly Dictionary<string, Action<TreeArrays>> Changes = new(StringComparer.Ordinal)
    {
        ["a feature beyond the inputs"] = t => t.Features[0] = 2,
        ["a split without children"] = t => t.Features[1] = 0,
        ["a leaf whose children are left over"] = t => t.Features[3] = -1,
        ["a threshold that is no number"] = t => t.Thresholds[0] = float.NaN,
        ["an infinite threshold"] = t => t.Thresholds[0] = float.PositiveInfinity,
        ["a node that is its own child"] = t => (t.Left[0], t.Right[0]) = (0, 1),
        ["a right child in the next tree"] = t => (t.Left[0], t.Right[0]) = (2, 3),
        ["children apart from each other"] = t => t.Right[5] = 2,
        ["a child with two parents"] = t => (t.Left[5], t.Right[5]) = (1, 2),
        ["a leaf that is no number"] = t => t.Leaves[0] = float.NaN,
    };

    public static TheoryData<string> Reasons => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_changed_value_is_refused(string why)
    {
        var arrays = Sound;
        Changes[why](arrays);
        Assert.False(TreeEnsembleArrays.TryFrom(arrays, 2, out _) is null, why);
    }
}
