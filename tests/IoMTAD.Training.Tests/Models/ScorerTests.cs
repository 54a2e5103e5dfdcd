using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Tests;

namespace IoMTAD.Training.Tests.Models;

public sealed class ScorerTests
{
    [Fact]
    public void A_score_does_not_depend_on_the_batch_around_it()
    {
        var all = Toy.Benign(300, 11);
        var scorer = new ManagedAnomalyScorer(Toy.Model);
        var together = Score(scorer, all, Enumerable.Range(0, all.Count));
        Prop.ForAll(Gen.Choose(0, all.Count - 1).NonEmptyListOf().ToArbitrary(), picked =>
            Score(scorer, all, picked).SequenceEqual(picked.Select(i => together[i]))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Scores_are_those_of_a_plain_reference()
    {
        var batch = Toy.Benign(200, 12);
        var scores = Score(new ManagedAnomalyScorer(Toy.Model), batch, Enumerable.Range(0, batch.Count));
        var reference = new ReferenceScorer(Toy.Model);
        for (var i = 0; i < batch.Count; i++) Assert.Equal(reference.Score(batch, i), scores[i].Score, 1e-5 * (1 + scores[i].Score));
    }

    [Fact]
    public void The_calibrated_share_is_the_score_on_another_scale()
    {
        var batch = Toy.Benign(50, 13);
        Assert.All(Score(new ManagedAnomalyScorer(Toy.Model), batch, Enumerable.Range(0, 50)), s =>
        {
            Assert.Equal(Math.Pow(10, -s.Score), s.Calibrated, 1e-5);
            Assert.InRange(s.Calibrated, float.Epsilon, 1);
        });
    }

    [Fact]
    public void The_feature_that_is_wrong_is_named_first_with_what_was_expected()
    {
        var batch = Toy.Strange(1, 14);
        var contributions = new FeatureContribution[5];
        Assert.Equal(5, new ManagedAnomalyScorer(Toy.Model).Explain(batch, 0, contributions));
        Assert.Equal(3, contributions[0].Feature);
        Assert.InRange(contributions[0].Observed, -3.5f, -1.5f);
        Assert.InRange(contributions[0].Expected, 0.5f, 4.5f);
        Assert.True(contributions[0].Contribution > 0.4);
        Assert.Equal(1, contributions.Sum(c => c.Contribution), 1e-4);
    }

    [Fact]
    public void Scoring_allocates_nothing_once_warm()
    {
        var batch = Toy.Benign(100, 15);
        var (scorer, scores) = (new ManagedAnomalyScorer(Toy.Model), new AnomalyScore[100]);
        Assert.Equal(0, Allocations.Of(() => scorer.Score(batch, scores)));
    }

    [Fact]
    public void Vectors_of_another_width_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ManagedAnomalyScorer(Toy.Model).Score(new SequenceBatch(Toy.Features + 1), []));

    private static List<AnomalyScore> Score(ManagedAnomalyScorer scorer, SequenceBatch source, IEnumerable<int> picked)
    {
        var batch = new SequenceBatch(source.FeatureCount);
        foreach (var i in picked)
        {
            batch.BeginSequence();
            for (var t = 0; t < source.Lengths[i]; t++) source.Step(i, t).CopyTo(batch.AddStep());
        }
        var scores = new AnomalyScore[batch.Count];
        scorer.Score(batch, scores);
        return [.. scores];
    }
}
