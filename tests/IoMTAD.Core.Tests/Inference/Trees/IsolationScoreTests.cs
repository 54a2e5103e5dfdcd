using IoMTAD.Inference.Trees;

namespace IoMTAD.Core.Tests.Inference.Trees;

public sealed class IsolationScoreTests
{
    private const double Euler = 0.5772156649;

    [Fact]
    public void A_normal_path_is_that_of_a_search_in_a_binary_tree()
    {
        Assert.Equal(0, IsolationScore.NormalPath(0));
        Assert.Equal(0, IsolationScore.NormalPath(1));
        Assert.Equal(1, IsolationScore.NormalPath(2), 1e-12);
        Assert.Equal(2 * (Math.Log(255) + Euler) - 2 * 255 / 256.0, IsolationScore.NormalPath(256), 0.005);
    }

    [Fact]
    public void A_normal_path_scores_one_half_and_none_scores_one()
    {
        var paths = new TreeEnsemble(1, 1, [0], [TreeNode.Split(0, 0, 1), TreeNode.AtLeaf(1, 0), TreeNode.AtLeaf(2, 1)], [0, 8]);
        var scores = new float[2];
        new IsolationScore(paths, 8).Create(2).Predict([-1, 1], 2, scores);
        Assert.Equal([1, 0.5f], scores);
    }
}
