using IoMTAD.Inference;
using IoMTAD.Inference.Trees;

namespace IoMTAD.Core.Tests.Inference;

public sealed class SoftmaxPredictorTests
{
    [Fact]
    public void Scores_become_probabilities_in_their_proportion()
    {
        var model = new SoftmaxPredictor(new TreeEnsemble(1, 3, [0], [TreeNode.AtLeaf(0, 0)], [1, 2, 4]));
        var outputs = new float[2 * 3];
        model.Create(2).Predict([0, 0], 2, outputs);
        Assert.Equal(1, outputs[..3].Sum(), 1e-6);
        Assert.Equal(Math.E, outputs[1] / outputs[0], 1e-5);
        Assert.Equal(Math.E * Math.E, outputs[5] / outputs[4], 1e-5);
    }

    [Fact]
    public void Large_scores_do_not_overflow()
    {
        Span<float> scores = [1e30f, 1e30f, -1e30f];
        SoftmaxPredictor.Apply(scores);
        Assert.Equal([0.5f, 0.5f, 0], scores.ToArray());
    }
}
