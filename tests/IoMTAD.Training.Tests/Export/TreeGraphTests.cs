using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Tests.Export;

public sealed class TreeGraphTests
{
    private const int Inputs = 6, Outputs = 3, Rows = 500;

    [Fact]
    public void Trees_read_back_from_their_node()
    {
        var trees = Grow(new Random(1), 5);
        Assert.True(OnnxTrees.TryRead(Node(trees), out var read, out _));
        Assert.Equal(trees.Outputs, read.Outputs);
        Assert.Equal(trees.Sizes, read.Sizes);
        Assert.Equal(trees.Features, read.Features);
        Assert.Equal(trees.Thresholds, read.Thresholds);
        Assert.Equal(trees.Left, read.Left);
        Assert.Equal(trees.Right, read.Right);
        Assert.Equal(trees.Leaves, read.Leaves);
    }

    [Fact]
    public void Changed_attributes_are_an_error_or_trees_within_bounds()
    {
        var random = new Random(20_240_504);
        var attributes = OnnxTrees.ToAttributes(Grow(random, 3));
        var refused = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var changed = attributes.ToArray();
            var at = random.Next(changed.Length);
            changed[at] = Change(changed[at], random);
            if (!OnnxTrees.TryRead(new(OnnxTrees.Operator, OnnxTrees.Domain, [], [], changed), out var trees, out var error))
            {
                Assert.NotEmpty(error);
                refused++;
                continue;
            }
            Assert.Equal(trees.Features.Length, trees.Sizes.Sum());
            Assert.Equal(trees.Features.Count(f => f < 0) * trees.Outputs, trees.Leaves.Length);
        }
        Assert.InRange(refused, 1_000, 4_900);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_runtime_walks_trees_as_plain_code_does()
    {
        OnnxRuntime.Require();
        var random = new Random(2);
        var trees = Grow(random, 40);
        var rows = new float[Rows * Inputs];
        // A tenth of all values are thresholds, where at most and less differ, and some are no numbers.
        foreach (ref var value in rows.AsSpan())
        {
            value = random.Next(10) == 0 ? trees.Thresholds[random.Next(trees.Thresholds.Length)]
                : random.Next(50) == 0 ? float.NaN : random.NextSingle();
        }
        var expected = Enumerable.Range(0, Rows).SelectMany(row => Walk(trees, rows.AsSpan(row * Inputs, Inputs))).ToArray();
        var graph = new OnnxGraph("trees");
        var sums = TreeGraph.Append(graph, graph.Input("x", OnnxType.Float, "N", $"{Inputs}"), trees);
        graph.Output(sums, "y", OnnxType.Float, "N", $"{Outputs}");
        foreach (var batch in new[] { 1, 128 })
            new OnnxRuntime().Input("x", rows, Rows, Inputs).Expect("y", expected, Rows, Outputs).Run(graph.ToBytes(), 1e-6, batch);
    }

    private static OnnxNode Node(TreeArrays trees) => new(OnnxTrees.Operator, OnnxTrees.Domain, [], [], OnnxTrees.ToAttributes(trees));

    private static OnnxAttribute Change(OnnxAttribute attribute, Random random) => attribute.Type switch
    {
        OnnxAttributeType.Ints => attribute with { Ints = Changed(attribute.Ints, random.NextInt64(-2, 20), random) },
        OnnxAttributeType.Strings => attribute with { Strings = Changed(attribute.Strings, "BRANCH_LT", random) },
        OnnxAttributeType.Floats => attribute with { Floats = [.. attribute.Floats.Skip(random.Next(2))] },
        OnnxAttributeType.Int => attribute with { Int = random.NextInt64(-1, 1L << random.Next(1, 62)) },
        _ => attribute with { Name = "other" },
    };

    private static List<T> Changed<T>(IReadOnlyList<T> list, T value, Random random)
    {
        List<T> result = [.. list];
        if (random.Next(8) == 0) result.RemoveAt(random.Next(result.Count));
        else result[random.Next(result.Count)] = value;
        return result;
    }

    private static float[] Walk(TreeArrays trees, ReadOnlySpan<float> row)
    {
        var sums = new float[Outputs];
        for (int tree = 0, root = 0; tree < trees.Sizes.Length; root += trees.Sizes[tree++])
        {
            var at = root;
            while (trees.Features[at] >= 0)
                at = root + (row[trees.Features[at]] <= trees.Thresholds[at] ? trees.Left[at] : trees.Right[at]);
            var leaf = trees.Features.Take(at).Count(f => f < 0);
            for (var i = 0; i < Outputs; i++) sums[i] += trees.Leaves[leaf * Outputs + i];
        }
        return sums;
    }

    private static TreeArrays Grow(Random random, int count)
    {
        var (sizes, features, thresholds) = (new List<int>(), new List<int>(), new List<float>());
        var (left, right, leaves) = (new List<int>(), new List<int>(), new List<float>());
        for (var tree = 0; tree < count; tree++)
        {
            var nodes = 1 + 2 * random.Next(12);
            sizes.Add(nodes);
            // Each branch takes the next two nodes as children, so that nodes beyond the branches are leaves.
            for (var i = 0; i < nodes; i++)
            {
                var branches = i < nodes / 2;
                features.Add(branches ? random.Next(Inputs) : -1);
                thresholds.Add(branches ? random.NextSingle() : 0);
                left.Add(branches ? 2 * i + 1 : 0);
                right.Add(branches ? 2 * i + 2 : 0);
                if (!branches) leaves.AddRange(Enumerable.Range(0, Outputs).Select(_ => random.NextSingle() / count));
            }
        }
        return new(Outputs, [.. sizes], [.. features], [.. thresholds], [.. left], [.. right], [.. leaves]);
    }
}
