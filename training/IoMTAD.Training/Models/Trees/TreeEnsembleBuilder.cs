using IoMTAD.Inference.Trees;

namespace IoMTAD.Training.Models.Trees;

/// <summary>Grown trees, and how much each value of the vectors contributed to them.</summary>
/// <param name="Importance">Mean decrease of the criterion per value of the vectors; they add up to 1, or are all 0.</param>
internal sealed record FittedTrees(TreeEnsemble Ensemble, float[] Importance);

/// <summary>Lays grown trees out as an ensemble: columns become the vectors' values, bins become thresholds.</summary>
internal sealed class TreeEnsembleBuilder(FeatureBins bins, int outputs)
{
    private readonly List<int> roots = [];
    private readonly List<TreeNode> nodes = [];
    private readonly List<float> leafValues = [];
    private readonly double[] importance = new double[bins.Width];

    public int Trees => roots.Count;

    /// <param name="scale">Multiplies the leaves' values.</param>
    public void Add(GrownTree tree, double scale)
    {
        var root = nodes.Count;
        roots.Add(root);
        double gain = 0;
        foreach (var node in tree.Nodes) gain += node.Gain;
        foreach (var node in tree.Nodes)
        {
            if (node.IsLeaf)
            {
                nodes.Add(TreeNode.AtLeaf(nodes.Count, leafValues.Count / outputs));
                foreach (var value in tree.LeafValues(node.Next)) leafValues.Add((float)(value * scale));
                continue;
            }
            var feature = bins.Columns[node.Column];
            nodes.Add(TreeNode.Split(feature, bins.Threshold(node.Column, node.Bin), root + node.Next));
            if (gain > 0) importance[feature] += node.Gain / gain;
        }
    }

    public FittedTrees Build()
    {
        var sum = importance.Sum();
        var shares = Array.ConvertAll(importance, x => (float)(sum > 0 ? x / sum : 0));
        return new(new(bins.Width, outputs, [.. roots], [.. nodes], [.. leafValues]), shares);
    }
}
