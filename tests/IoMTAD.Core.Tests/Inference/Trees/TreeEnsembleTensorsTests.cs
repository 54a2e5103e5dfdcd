using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Inference;
using IoMTAD.Inference.Trees;

namespace IoMTAD.Core.Tests.Inference.Trees;

public sealed class TreeEnsembleTensorsTests
{
    [Fact]
    public void What_is_written_reads_back_the_same() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var ensemble = RandomTrees.Of(seed, 5, 3, 1 + seed % 9);
        var file = new TensorSet();
        TreeEnsembleTensors.Write(file, "forest", ensemble);
        Assert.True(TreeEnsembleTensors.TryRead(file, "forest", 5, 3, out var read, out _));
        return read.Roots.SequenceEqual(ensemble.Roots) && read.Nodes.SequenceEqual(ensemble.Nodes)
            && read.LeafValues.SequenceEqual(ensemble.LeafValues) && read.Depths.SequenceEqual(ensemble.Depths);
    }).QuickCheckThrowOnFailure();

    // Two trees: a split with two leaves, and a split whose right child splits again.
    [Theory]
    [InlineData("sizes", 0, 4, "a tree that ends in the next one")]
    [InlineData("sizes", 0, -3, "a negative size")]
    [InlineData("sizes", 1, 1e7f, "a size beyond the nodes")]
    [InlineData("sizes", 1, 4, "nodes that belong to no tree")]
    [InlineData("features", 0, 2, "a feature beyond the inputs")]
    [InlineData("features", 0, -2, "a negative feature")]
    [InlineData("features", 0, 0.5f, "half a feature")]
    [InlineData("features", 0, float.NaN, "no feature at all")]
    [InlineData("features", 1, 0, "a split without children")]
    [InlineData("features", 3, -1, "a leaf whose children are left over")]
    [InlineData("thresholds", 0, float.NaN, "a threshold that is no number")]
    [InlineData("thresholds", 0, float.PositiveInfinity, "an infinite threshold")]
    [InlineData("left", 0, 0, "a node that is its own child")]
    [InlineData("left", 0, 2, "a right child in the next tree")]
    [InlineData("left", 0, 1e7f, "a child beyond all nodes")]
    [InlineData("left", 0, -1, "a child before its parent")]
    [InlineData("left", 3, 2, "a child with two parents")]
    [InlineData("leaves", 0, float.NaN, "a leaf that is no number")]
    public void A_changed_value_is_refused(string tensor, int index, float value, string why)
    {
        var tensors = Sound();
        tensors[tensor][index] = value;
        Assert.False(TryRead(tensors, out var error), why);
        Assert.NotEmpty(error!);
    }

    [Theory]
    [InlineData("sizes")]
    [InlineData("features")]
    [InlineData("thresholds")]
    [InlineData("left")]
    [InlineData("leaves")]
    public void A_tensor_that_is_missing_or_short_is_refused(string tensor)
    {
        var tensors = Sound();
        Assert.True(TryRead(tensors, out _));
        tensors[tensor] = tensors[tensor][..^1];
        Assert.False(TryRead(tensors, out _));
        tensors[tensor] = [];
        Assert.False(TryRead(tensors, out _));
        tensors.Remove(tensor);
        Assert.False(TryRead(tensors, out _));
    }

    [Fact]
    public void Random_changes_never_crash_and_what_is_read_can_be_evaluated() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var tensors = Sound();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var values = tensors.ElementAt(random.Next(tensors.Count)).Value;
                var strange = random.Next(8) == 0;
                values[random.Next(values.Length)] = strange ? BitConverter.Int32BitsToSingle(random.Next()) : random.Next(-2, 9);
            }
            if (!TreeEnsembleTensors.TryRead(File(tensors), "x", 2, 1, out var ensemble, out _)) return true;
            var outputs = new float[20];
            ensemble.Create(20).Predict(RandomTrees.Rows(seed, 20, 2), 20, outputs);
            return outputs.All(float.IsFinite);
        }).QuickCheckThrowOnFailure();

    private static Dictionary<string, float[]> Sound() => new(StringComparer.Ordinal)
    {
        ["sizes"] = [3, 5],
        ["features"] = [0, -1, -1, 1, -1, 0, -1, -1],
        ["thresholds"] = [1, 0, 0, 2, 0, 3, 0, 0],
        ["left"] = [1, 0, 0, 1, 0, 1, 0, 0],
        ["leaves"] = [1, 2, 3, 4, 5],
    };

    private static bool TryRead(Dictionary<string, float[]> tensors, out string? error) =>
        TreeEnsembleTensors.TryRead(File(tensors), "x", 2, 1, out _, out error);

    private static TensorSet File(Dictionary<string, float[]> tensors)
    {
        var file = new TensorSet();
        foreach (var (name, values) in tensors) file.Add($"x/{name}", values);
        return file;
    }
}
