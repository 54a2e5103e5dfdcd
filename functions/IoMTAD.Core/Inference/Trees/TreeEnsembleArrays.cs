using IoMTAD.Inference.Onnx;

namespace IoMTAD.Inference.Trees;

/// <summary>Between an ensemble and the plain arrays that an ONNX file holds.</summary>
internal static class TreeEnsembleArrays
{
    public static TreeArrays Of(TreeEnsemble ensemble)
    {
        var nodes = ensemble.Nodes;
        var sizes = new int[ensemble.Trees];
        var (features, thresholds, left, right) = (new int[nodes.Length], new float[nodes.Length], new int[nodes.Length], new int[nodes.Length]);
        for (var tree = 0; tree < sizes.Length; tree++)
        {
            var (root, count) = ensemble.NodesOf(tree).GetOffsetAndLength(nodes.Length);
            sizes[tree] = count;
            for (var i = root; i < root + count; i++)
                (features[i], thresholds[i], left[i], right[i]) = nodes[i].IsLeaf
                    ? (-1, 0, 0, 0)
                    : (nodes[i].Feature, nodes[i].Threshold, nodes[i].Left - root, nodes[i].Right - root);
        }
        return new(ensemble.Outputs, sizes, features, thresholds, left, right, ensemble.LeafValues.ToArray());
    }

    /// <returns>What is wrong with the arrays, or null.</returns>
    public static string? TryFrom(TreeArrays arrays, int inputs, out TreeEnsemble? ensemble)
    {
        ensemble = null;
        var roots = new int[arrays.Sizes.Length];
        var nodes = new TreeNode[arrays.Features.Length];
        var leaf = 0;
        for (int tree = 0, root = 0; tree < roots.Length; root += arrays.Sizes[tree++])
        {
            roots[tree] = root;
            for (var i = root; i < root + arrays.Sizes[tree]; i++)
            {
                var isLeaf = arrays.Features[i] < 0;
                if (!isLeaf && arrays.Right[i] != arrays.Left[i] + 1) return $"the children of node {i} do not stand side by side";
                nodes[i] = isLeaf ? TreeNode.AtLeaf(i, leaf++) : TreeNode.Split(arrays.Features[i], arrays.Thresholds[i], root + arrays.Left[i]);
            }
        }
        if (TreeChecks.Fault(inputs, arrays.Outputs, roots, nodes, arrays.Leaves) is { } fault) return fault;
        ensemble = new(inputs, arrays.Outputs, roots, nodes, arrays.Leaves);
        return null;
    }
}
