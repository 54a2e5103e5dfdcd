using IoMTAD.Inference.Trees;

namespace IoMTAD.Training.Tests.Models.Trees;

/// <summary>A classification tree by trying every cut between every two values, in full: slow, and plainly right. Of equally good cuts a
/// tree may take any, so trees are compared split by split.</summary>
internal sealed class ExactCart(float[][] rows, int[] labels, float[] classWeights, int depth)
{
    /// <summary>Each split of the tree leaves the least impurity that any could, and each leaf is pure or as deep as may be.</summary>
    public void AssertGreedy(TreeEnsemble tree) => AssertGreedy(tree, 0, [.. Enumerable.Range(0, rows.Length)], depth);

    private void AssertGreedy(TreeEnsemble tree, int at, int[] members, int depthLeft)
    {
        var node = tree.Nodes[at];
        if (node.IsLeaf)
        {
            Assert.True(depthLeft == 0 || Impurity(members) < 1e-9 || double.IsInfinity(LeastImpurity(members)));
            var sums = Sums(members);
            for (var c = 0; c < sums.Length; c++) Assert.Equal(sums[c] / sums.Sum(), tree.LeafValues[node.Leaf * sums.Length + c], 1e-5);
            return;
        }
        var left = Array.FindAll(members, i => rows[i][node.Feature] <= node.Threshold);
        var right = Array.FindAll(members, i => rows[i][node.Feature] > node.Threshold);
        Assert.Equal(LeastImpurity(members), Impurity(left) + Impurity(right), 1e-6);
        AssertGreedy(tree, node.Left, left, depthLeft - 1);
        AssertGreedy(tree, node.Right, right, depthLeft - 1);
    }

    private double LeastImpurity(int[] members) => (
        from feature in Enumerable.Range(0, rows[0].Length)
        from value in members.Select(i => rows[i][feature]).Distinct().Order().SkipLast(1)
        select Impurity(members.Where(i => rows[i][feature] <= value)) + Impurity(members.Where(i => rows[i][feature] > value)))
        .DefaultIfEmpty(double.PositiveInfinity).Min();

    /// <summary>Gini impurity times weight.</summary>
    private double Impurity(IEnumerable<int> members)
    {
        var sums = Sums(members);
        return sums.Sum() - sums.Sum(s => s * s) / Math.Max(1e-12, sums.Sum());
    }

    private double[] Sums(IEnumerable<int> members)
    {
        var sums = new double[classWeights.Length];
        foreach (var i in members) sums[labels[i]] += classWeights[labels[i]];
        return sums;
    }
}
