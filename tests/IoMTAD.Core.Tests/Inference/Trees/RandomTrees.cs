using IoMTAD.Inference.Trees;

namespace IoMTAD.Core.Tests.Inference.Trees;

/// <summary>Ensembles of any shape, and what they say when they are simply read.</summary>
internal static class RandomTrees
{
    public static TreeEnsemble Of(int seed, int inputs, int outputs, int trees)
    {
        var random = new Random(seed);
        var (roots, nodes) = (new List<int>(), new List<TreeNode>());
        var leaves = 0;
        for (var tree = 0; tree < trees; tree++)
        {
            roots.Add(nodes.Count);
            nodes.Add(default);
            for (var i = roots[^1]; i < nodes.Count; i++)
            {
                if (nodes.Count - roots[^1] > 60 || random.Next(4) == 0) nodes[i] = TreeNode.AtLeaf(i, leaves++);
                else
                {
                    nodes[i] = TreeNode.Split(random.Next(inputs), random.Next(-3, 4), nodes.Count);
                    nodes.AddRange([default, default]);
                }
            }
        }
        var values = new float[leaves * outputs];
        foreach (ref var value in values.AsSpan()) value = random.NextSingle();
        return new(inputs, outputs, [.. roots], [.. nodes], values);
    }

    /// <summary>Whole numbers, so that many equal a threshold, and now and then none.</summary>
    public static float[] Rows(int seed, int rows, int inputs)
    {
        var random = new Random(seed);
        var values = new float[rows * inputs];
        foreach (ref var value in values.AsSpan()) value = random.Next(50) == 0 ? float.NaN : random.Next(-4, 5);
        return values;
    }

    public static float[] Plain(TreeEnsemble ensemble, ReadOnlySpan<float> row)
    {
        var sums = new float[ensemble.Outputs];
        foreach (var root in ensemble.Roots)
        {
            var leaf = Descend(ensemble, root, row);
            for (var i = 0; i < sums.Length; i++) sums[i] += ensemble.LeafValues[leaf * sums.Length + i];
        }
        return sums;
    }

    private static int Descend(TreeEnsemble ensemble, int at, ReadOnlySpan<float> row)
    {
        var node = ensemble.Nodes[at];
        if (node.IsLeaf) return node.Leaf;
        return row[node.Feature] <= node.Threshold ? Descend(ensemble, node.Left, row) : Descend(ensemble, node.Right, row);
    }
}
