using IoMTAD.Inference;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Models;

namespace IoMTAD.Training.Tests.Models;

public sealed class DetectorTrainerTests
{
    [Fact]
    public void Same_data_and_seed_give_the_same_bytes_on_one_thread_and_on_two()
    {
        var again = DetectorTrainer.Train(Toy.Schema, Toy.Benign(900, 1), Toy.Options with { Threads = 1 });
        Assert.True(Toy.Model.Weights.Span.SequenceEqual(again.Weights.Span));
        Assert.Equal(Toy.Model.Version, again.Version);
        var other = DetectorTrainer.Train(Toy.Schema, Toy.Benign(900, 1), Toy.Options with { Seed = 2 });
        Assert.False(Toy.Model.Weights.Span.SequenceEqual(other.Weights.Span));
    }

    [Fact]
    public void Strange_sequences_stand_out_and_the_false_alarm_rate_is_near_the_wanted_one()
    {
        var scorer = new ManagedAnomalyScorer(Toy.Model);
        var result = DetectionEvaluation.Run(DetectionEvaluation.Scores(scorer, Toy.Benign(2000, 7)),
            [new("strange", DetectionEvaluation.Scores(scorer, Toy.Strange(200, 8)))], scorer.Threshold, _ => false);
        Assert.True(result.MacroAuc > 0.99, $"{result}");
        Assert.InRange(result.BenignFalseAlarmRate, 0, 0.08);
    }

    [Fact]
    public void Cancelling_keeps_the_best_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var epochs = 0;
        var progress = new Listener(p =>
        {
            epochs = Math.Max(epochs, p.Epoch);
            if (p.Epoch == 2) cancel.Cancel();
        });
        var model = DetectorTrainer.Train(Toy.Schema, Toy.Benign(900, 1), Toy.Options with { Epochs = 1000 }, progress, cancel.Token);
        Assert.Equal(2, epochs);
        Assert.True(double.IsFinite(model.Manifest.Metrics["validationLoss"]));
    }

    [Fact]
    public void Another_false_alarm_rate_is_another_threshold_and_another_version_of_the_same_weights()
    {
        var tuned = Toy.Model.With(Toy.Model.Manifest with { KindThresholds = new Dictionary<string, float> { ["ventilator"] = 1 } });
        var stricter = tuned.WithFalseAlarmRate(1e-4);
        Assert.Equal(4, stricter.Manifest.Threshold);
        Assert.Empty(stricter.Manifest.KindThresholds);
        Assert.NotEqual(Toy.Model.Version, stricter.Version);
        Assert.Equal(Toy.Model.Manifest.Files[AnomalyModel.WeightsFile], stricter.Manifest.Files[AnomalyModel.WeightsFile]);
    }

    [Fact]
    public void Data_of_one_length_alone_can_be_learned()
    {
        var batch = new IoMTAD.Features.SequenceBatch(Toy.Features);
        for (var i = 0; i < 100; i++)
        {
            batch.BeginSequence();
            Toy.Benign(1, i).Step(0, 0).CopyTo(batch.AddStep());
        }
        var scorer = new ManagedAnomalyScorer(DetectorTrainer.Train(Toy.Schema, batch, Toy.Options));
        Assert.All(DetectionEvaluation.Scores(scorer, Toy.Benign(50, 3)), s => Assert.True(float.IsFinite(s)));
    }

    [Fact]
    public void What_calibrates_is_later_than_what_is_fitted_and_nothing_is_in_two_sets()
    {
        var cuts = TrainingSets.Cuts(1003).ToList();
        Assert.Equal(Enumerable.Range(0, 1003), cuts.SelectMany(c => Enumerable.Range(c.From, c.To - c.From)));
        Assert.Equal([0, 1, 2], cuts.Take(3).Select(c => c.Set));
        Assert.InRange(cuts.Where(c => c.Set == 0).Sum(c => c.To - c.From), 690, 710);
    }

    [Fact]
    public void A_run_that_died_after_any_epoch_goes_on_and_ends_with_the_same_bytes()
    {
        List<byte[]> kept = [];
        var sets = TrainingSets.Split(Toy.Benign(900, 1));
        var whole = DetectorTrainer.Train(Toy.Schema, sets, Toy.Options, null, new(null, kept.Add));
        Assert.Equal(Toy.Options.Epochs, kept.Count);
        foreach (var state in kept)
        {
            var after = 0;
            var resumed = DetectorTrainer.Train(Toy.Schema, sets, Toy.Options, null, new(state, _ => after++));
            Assert.True(whole.Weights.Span.SequenceEqual(resumed.Weights.Span));
            Assert.Equal(Toy.Options.Epochs - 1 - kept.IndexOf(state), after);
        }
        Assert.Equal(whole.Version, DetectorTrainer.Train(Toy.Schema, sets, Toy.Options, null, new([1, 2, 3], _ => { })).Version);
    }

    private sealed class Listener(Action<TrainingProgress> heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard(value);
    }
}
