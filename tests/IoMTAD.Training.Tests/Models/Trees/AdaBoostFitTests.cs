using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Trees;

namespace IoMTAD.Training.Tests.Models.Trees;

public sealed class AdaBoostFitTests
{
    [Fact]
    public void A_stump_is_right_about_two_classes_and_votes_add_up_to_one()
    {
        var data = Clouds.Drawn(200, 4, 0.9, 1, 1);
        var ensemble = AdaBoostFit.Run(data, new(), Clouds.Silent, default).Ensemble;
        Assert.Equal(1, ensemble.Trees);
        Assert.Equal(1, Clouds.Accuracy(ensemble, data));
    }

    [Fact]
    public void Stumps_together_tell_apart_what_one_cannot()
    {
        var data = Clouds.Drawn(1500, 8, 1.2, 1, 1, 1, 1);
        var one = AdaBoostFit.Run(data, new(Rounds: 1), Clouds.Silent, default).Ensemble;
        var many = AdaBoostFit.Run(data, new(Rounds: 60), Clouds.Silent, default).Ensemble;
        Assert.InRange(Clouds.Accuracy(one, data), 0.3, 0.6);
        Assert.InRange(Clouds.Accuracy(many, data), 0.85, 1);
        Assert.All(Clouds.Predict(many, data.Vectors).Chunk(4), p => Assert.Equal(1, p.Sum(), 1e-5));
    }

    [Fact]
    public void Votes_without_anything_to_tell_classes_apart_still_make_a_model()
    {
        var data = new LabelledVectors(new Clouds(new float[4], 1), new[] { 0, 1, 0, 1 }, ["a", "b"]);
        var ensemble = AdaBoostFit.Run(data, new(), Clouds.Silent, default).Ensemble;
        Assert.Equal(1, Clouds.Predict(ensemble, data.Vectors)[..2].Sum());
    }
}
