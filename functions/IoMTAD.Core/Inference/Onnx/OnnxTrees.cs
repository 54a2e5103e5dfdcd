using System.Diagnostics.CodeAnalysis;

namespace IoMTAD.Inference.Onnx;

/// <summary>Decision trees as plain arrays; a tree's nodes lie together, its root first.</summary>
/// <param name="Outputs">Values per leaf; the ensemble's outputs are the sums over its trees.</param>
/// <param name="Sizes">Nodes of each tree.</param>
/// <param name="Features">Column that a node reads; −1 at a leaf.</param>
/// <param name="Thresholds">Left where the column is at most this.</param>
/// <param name="Left">Child within the tree, the root being 0; 0 at a leaf.</param>
/// <param name="Right">The other child.</param>
/// <param name="Leaves"><c>[leaf, output]</c>, leaves in the order of their nodes.</param>
internal sealed record TreeArrays(
    int Outputs, int[] Sizes, int[] Features, float[] Thresholds, int[] Left, int[] Right, float[] Leaves);

/// <summary>Between plain arrays and the attributes of the operator <c>TreeEnsembleRegressor</c> (ai.onnx.ml, version 3).</summary>
internal static class OnnxTrees
{
    public const string Domain = "ai.onnx.ml", Operator = "TreeEnsembleRegressor";

    private const string Branch = "BRANCH_LEQ", Leaf = "LEAF";

    public static OnnxAttribute[] ToAttributes(TreeArrays trees)
    {
        var count = trees.Features.Length;
        long[] tree = new long[count], node = new long[count];
        for (int t = 0, at = 0; t < trees.Sizes.Length; t++)
            for (var i = 0; i < trees.Sizes[t]; i++, at++) (tree[at], node[at]) = (t, i);
        int[] leaves = [.. Enumerable.Range(0, count).Where(i => trees.Features[i] < 0)];
        return
        [
            OnnxAttribute.Of("aggregate_function", "SUM"),
            OnnxAttribute.Of("n_targets", trees.Outputs),
            OnnxAttribute.Of("nodes_falsenodeids", Array.ConvertAll(trees.Right, i => (long)i)),
            OnnxAttribute.Of("nodes_featureids", Array.ConvertAll(trees.Features, i => Math.Max(0L, i))),
            OnnxAttribute.Of("nodes_modes", Array.ConvertAll(trees.Features, i => i < 0 ? Leaf : Branch)),
            OnnxAttribute.Of("nodes_nodeids", node),
            OnnxAttribute.Of("nodes_treeids", tree),
            OnnxAttribute.Of("nodes_truenodeids", Array.ConvertAll(trees.Left, i => (long)i)),
            OnnxAttribute.Of("nodes_values", trees.Thresholds),
            OnnxAttribute.Of("target_ids", PerValue(leaves, trees.Outputs, (_, output) => output)),
            OnnxAttribute.Of("target_nodeids", PerValue(leaves, trees.Outputs, (leaf, _) => node[leaf])),
            OnnxAttribute.Of("target_treeids", PerValue(leaves, trees.Outputs, (leaf, _) => tree[leaf])),
            OnnxAttribute.Of("target_weights", trees.Leaves),
        ];
    }

    /// <summary>Reads what <see cref="ToAttributes"/> wrote, and trees of others that are laid out like that. Children lie within their
    /// trees; whether they make a tree is for the ensemble to say.</summary>
    public static bool TryRead(OnnxNode node, [NotNullWhen(true)] out TreeArrays? trees, [NotNullWhen(false)] out string? error)
    {
        (trees, error) = (null, "the node is no tree ensemble as this project writes them");
        var (features, modes, values) = (Ints("nodes_featureids"), node.Attribute("nodes_modes")?.Strings ?? [], Floats("nodes_values"));
        var (left, right, leaves) = (Ints("nodes_truenodeids"), Ints("nodes_falsenodeids"), Floats("target_weights"));
        var (count, outputs) = (features.Count, node.Attribute("n_targets")?.Int ?? 0);
        if (node.Operator != Operator || count == 0 || outputs is < 1 or > ushort.MaxValue) return false;
        error = "the lists of a tree ensemble differ in length";
        if (modes.Count != count || values.Count != count || left.Count != count || right.Count != count) return false;
        error = "the nodes of a tree ensemble are not in order";
        if (!TrySizes(Ints("nodes_treeids"), Ints("nodes_nodeids"), count, out var sizes)) return false;
        error = "a node of a tree ensemble is neither a branch nor a leaf, or points out of its tree";
        var reads = new int[count];
        for (int tree = 0, at = 0; tree < sizes.Length; tree++)
        {
            for (var i = 0; i < sizes[tree]; i++, at++)
            {
                if (left[at] < 0 || left[at] >= sizes[tree] || right[at] < 0 || right[at] >= sizes[tree]) return false;
                if (features[at] is < 0 or > ushort.MaxValue || modes[at] is not (Branch or Leaf)) return false;
                reads[at] = modes[at] == Leaf ? -1 : (int)features[at];
            }
        }
        error = "the leaves of a tree ensemble are not in order";
        if (leaves.Count != reads.Count(r => r < 0) * outputs) return false;
        int[] lefts = [.. left.Select(i => (int)i)], rights = [.. right.Select(i => (int)i)];
        var read = new TreeArrays((int)outputs, sizes, reads, [.. values], lefts, rights, [.. leaves]);
        if (!LeavesInOrder(node, read)) return false;
        (trees, error) = (read, null);
        return true;

        IReadOnlyList<long> Ints(string name) => node.Attribute(name)?.Ints ?? [];
        IReadOnlyList<float> Floats(string name) => node.Attribute(name)?.Floats ?? [];
    }

    private static bool LeavesInOrder(OnnxNode node, TreeArrays trees)
    {
        foreach (var attribute in ToAttributes(trees))
            if (attribute.Name.StartsWith("target_", StringComparison.Ordinal) && attribute.Type == OnnxAttributeType.Ints
                && !attribute.Ints.SequenceEqual(node.Attribute(attribute.Name)?.Ints ?? [])) return false;
        return true;
    }

    private static bool TrySizes(IReadOnlyList<long> treeIds, IReadOnlyList<long> nodeIds, int count, out int[] sizes)
    {
        var result = new List<int>();
        sizes = [];
        if (treeIds.Count != count || nodeIds.Count != count) return false;
        for (var i = 0; i < count; i++)
        {
            if (treeIds[i] == result.Count && nodeIds[i] == 0) result.Add(0);
            if (result.Count == 0 || treeIds[i] != result.Count - 1 || nodeIds[i] != result[^1]) return false;
            result[^1]++;
        }
        sizes = [.. result];
        return true;
    }

    private static long[] PerValue(int[] leaves, int outputs, Func<int, int, long> value) =>
        [.. leaves.SelectMany(leaf => Enumerable.Range(0, outputs).Select(output => value(leaf, output)))];
}
