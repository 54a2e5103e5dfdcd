namespace IoMTAD.Inference.Trees;

/// <summary>Whether arrays are trees: what holds here lets the evaluator read without bounds and end.</summary>
internal static class TreeChecks
{
    /// <returns>What is wrong, or null.</returns>
    public static string? Fault(
        int inputs, int outputs, ReadOnlySpan<int> roots, ReadOnlySpan<TreeNode> nodes, ReadOnlySpan<float> leafValues)
    {
        if (inputs < 1 || outputs < 1) return "an ensemble has inputs and outputs";
        if (roots.IsEmpty || roots[0] != 0) return "the first tree begins at the first node";
        var leaves = 0;
        var hasParent = new bool[nodes.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            var end = tree + 1 < roots.Length ? roots[tree + 1] : nodes.Length;
            if (roots[tree] >= end || end > nodes.Length) return $"tree {tree} has no nodes";
            for (var i = roots[tree]; i < end; i++)
            {
                var node = nodes[i];
                if (i > roots[tree] && !hasParent[i]) return $"no parent before node {i}";
                if (node.IsLeaf)
                {
                    if (node != TreeNode.AtLeaf(i, leaves)) return $"node {i} is not leaf {leaves}";
                    leaves++;
                    continue;
                }
                if (node.Feature < 0 || node.Feature >= inputs) return $"node {i} reads feature {node.Feature} of {inputs}";
                if (!float.IsFinite(node.Threshold)) return $"node {i} has no finite threshold";
                // Two comparisons, since the right child of int.MaxValue would be negative.
                if (node.Left <= i || node.Left >= end - 1) return $"node {i} has children before it or in another tree";
                if (hasParent[node.Left] || hasParent[node.Right]) return $"node {i} shares a child";
                hasParent[node.Left] = hasParent[node.Right] = true;
            }
        }
        if (leafValues.Length != (long)leaves * outputs) return $"{leaves} leaves of {outputs} values have {leafValues.Length} values";
        foreach (var value in leafValues)
            if (!float.IsFinite(value)) return "a leaf's value is not finite";
        return null;
    }

    /// <summary>Splits between each tree's root and its farthest leaf.</summary>
    public static int[] Depths(ReadOnlySpan<int> roots, ReadOnlySpan<TreeNode> nodes)
    {
        var result = new int[roots.Length];
        var depths = new int[nodes.Length];
        for (var tree = 0; tree < roots.Length; tree++)
        {
            var end = tree + 1 < roots.Length ? roots[tree + 1] : nodes.Length;
            for (var i = roots[tree]; i < end; i++)
            {
                if (nodes[i].IsLeaf) result[tree] = Math.Max(result[tree], depths[i]);
                else depths[nodes[i].Left] = depths[nodes[i].Right] = depths[i] + 1;
            }
        }
        return result;
    }
}
