using IoMTAD.Inference.Trees;

namespace IoMTAD.Training.Models.Trees;

/// <summary>Grown trees, and how much each value of the vectors contributed to them.</summary>
/// <param name="Importance">Mean decrease of the criterion per value of the vectors; they add up to 1, or are all 0.</param>
internal sealed record FittedTrees(TreeEnsemble Ensemble, float[] Importance)
{
    /// <summary>Lays grown trees out as an ensemble: columns become the vectors' values, bins become thresholds.</summary>
    /// <param name="scales">Multiply the leaves' values, per tree.</param>
    public static FittedTrees Of(FeatureBins bins, int outputs, IReadOnlyList<GrownTree> trees, IReadOnlyList<double> scales)
    {
        var roots = new int[trees.Count];
        var nodes = new TreeNode[trees.Sum(t => t.Nodes.Length)];
        var leafValues = new float[trees.Sum(t => t.Leaves) * outputs];
        int next = 0, leaf = 0;
        for (var i = 0; i < roots.Length; i++)
        {
            roots[i] = next;
            foreach (var node in trees[i].Nodes)
            {
                if (node.IsLeaf)
                {
                    var values = leafValues.AsSpan(leaf * outputs, outputs);
                    trees[i].LeafValues(node.Next).CopyTo(values);
                    foreach (ref var value in values) value = (float)(value * scales[i]);
                    nodes[next] = TreeNode.AtLeaf(next, leaf++);
                }
                else
                {
                    nodes[next] = TreeNode.Split(
                        bins.Columns[node.Column], bins.Threshold(node.Column, node.Bin), roots[i] + node.Next);
                }
                next++;
            }
        }
        return new(new(bins.Width, outputs, roots, nodes, leafValues), ImportanceOf(bins, trees));
    }

    /// <summary>Every tree's gains count alike, however large.</summary>
    private static float[] ImportanceOf(FeatureBins bins, IReadOnlyList<GrownTree> trees)
    {
        var shares = new double[bins.Width];
        foreach (var tree in trees)
        {
            double gain = 0;
            foreach (var node in tree.Nodes) gain += node.Gain;
            foreach (var node in tree.Nodes)
                if (!node.IsLeaf && gain > 0) shares[bins.Columns[node.Column]] += node.Gain / gain;
        }
        var sum = shares.Sum();
        return Array.ConvertAll(shares, x => (float)(sum > 0 ? x / sum : 0));
    }
}
