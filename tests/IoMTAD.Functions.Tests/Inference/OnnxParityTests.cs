using IoMTAD.Features;
using IoMTAD.Functions.Inference;
using IoMTAD.Inference;
using IoMTAD.Tests;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Steps;

namespace IoMTAD.Functions.Tests.Inference;

/// <summary>Both scorers read the same files and say the same.</summary>
public sealed class OnnxParityTests(TrainedModels models)
{
    private const double Tolerance = 1e-5;

    // Its calibration, from five calm minutes, rises 5.6 points of score per unit of density where it is steepest: both scorers are then up to
    // 1.4e-5 from what double precision gives.
    private const double WardTolerance = 2e-5;

    [Fact]
    public void Both_scorers_agree_on_a_simulated_ward_and_its_attack() => Compare(models.Ward.Model, models.Ward.Traffic, WardTolerance);

    [Fact]
    public void Both_scorers_agree_on_sequences_of_every_length()
    {
        var batch = Mixed.Of(models.Rows.Traffic, 700);
        Assert.Equal(10, Enumerable.Range(0, batch.Count).Select(batch.Length).Distinct().Count());
        Compare(models.Rows.Model, batch);
        Compare(models.Ward.Model, Mixed.Of(models.Ward.Traffic, 700), WardTolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void What_pads_the_last_batch_changes_nothing(int count)
    {
        using var model = new OnnxModel(models.Rows.Model, new OnnxOptions(Batch: 64));
        using var scorer = model.CreateScorer();
        // What an earlier batch left in the buffers, its odd values too, is not to be seen.
        scorer.Score(Mixed.Of(models.Rows.Traffic, 64, withOdd: true), new AnomalyScore[64]);
        Compare(models.Rows.Model, Mixed.Of(models.Rows.Traffic, count), scorer);
    }

    [Fact]
    public void Both_scorers_agree_on_values_that_are_no_numbers()
    {
        Compare(models.Rows.Model, Mixed.Of(models.Rows.Traffic, 400, withOdd: true));
        Compare(models.Ward.Model, Mixed.Of(models.Ward.Traffic, 400, withOdd: true), WardTolerance);
    }

    [Fact]
    public async Task Two_scorers_of_one_model_work_side_by_side()
    {
        using var model = new OnnxModel(models.Rows.Model);
        var batch = Mixed.Of(models.Rows.Traffic, 500);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            using var scorer = model.CreateScorer();
            for (var i = 0; i < 5; i++) Compare(models.Rows.Model, batch, scorer);
        })));
    }

    [Fact]
    public void What_stands_beside_the_scores_is_the_managed_scorers()
    {
        var (trained, batch) = (models.Rows.Model, Mixed.Of(models.Rows.Traffic, 9));
        using var model = new OnnxModel(trained.With(trained.Manifest with { KindThresholds = new Dictionary<string, float> { ["pump"] = 3 } }));
        using var scorer = model.CreateScorer();
        var (managed, mine, theirs) = (new ManagedAnomalyScorer(model.Model), new FeatureContribution[5], new FeatureContribution[5]);
        Assert.Equal(managed.Explain(batch, 7, theirs), scorer.Explain(batch, 7, mine));
        Assert.Equal(theirs, mine);
        Assert.Equal((managed.ModelVersion, managed.Threshold), (scorer.ModelVersion, scorer.Threshold));
        Assert.Equal(3, ((IAnomalyScorer)scorer).ThresholdOf("pump"));
        Assert.Throws<ArgumentException>(() => scorer.Score(models.Ward.Traffic, new AnomalyScore[models.Ward.Traffic.Count]));
    }

    [Fact]
    public void Both_classifiers_agree_together_and_one_by_one()
    {
        CompareClasses(models.Rows.Model, Mixed.Of(models.Rows.Traffic, 300));
        CompareClasses(models.Rows.Model, Mixed.Of(models.Rows.Traffic, 300, withOdd: true));
        for (var i = 1; i < 20; i++) CompareClasses(models.Rows.Model, Mixed.Of(models.Rows.Traffic, 1 + i % 2));
        using var ward = new OnnxModel(models.Ward.Model);
        using var scorer = ward.CreateScorer();
        Assert.Null(scorer.Classifier);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Both_agree_on_ten_thousand_sequences_of_the_dataset()
    {
        var folder = SharedData.Require("ciciomt2024");
        var data = new DatasetReader(new()).Read(folder, DatasetFolder.Train, DatasetFolder.Test).Dataset!;
        using var kept = new TemporaryFolder();
        var steps = new TrainingSteps(new FolderStepResults(kept.Path));
        var classifier = steps.FitClassifier(data, new(), "dataset")!.Value;
        var model = steps.FitDetector(data, new("dataset", Epochs: 2)).WithClassifier(classifier.Model, classifier.File);
        var batch = Mixed.Of(new SequenceUnion(data.Test.Select(f => f.Sequences(0, f.Count, 1))), 10_000);
        Compare(model, batch);
        CompareClasses(model, batch);
    }

    private static void Compare(AnomalyModel trained, ISequences batch, double tolerance = Tolerance)
    {
        using var model = new OnnxModel(trained);
        using var scorer = model.CreateScorer();
        Compare(trained, batch, scorer, tolerance);
    }

    private static void Compare(AnomalyModel trained, ISequences batch, OnnxAnomalyScorer scorer, double tolerance = Tolerance)
    {
        var (expected, actual) = (new AnomalyScore[batch.Count], new AnomalyScore[batch.Count]);
        new ManagedAnomalyScorer(trained).Score(batch, expected);
        scorer.Score(batch, actual);
        AssertClose("score", Array.ConvertAll(expected, s => s.Score), Array.ConvertAll(actual, s => s.Score), tolerance);
        Assert.All(actual, s => Assert.Equal(AnomalyScore.Of(s.Score), s));
    }

    private static void CompareClasses(AnomalyModel trained, ISequences batch)
    {
        using var model = new OnnxModel(trained);
        using var scorer = model.CreateScorer();
        var classes = trained.Classifier!.Classes;
        Assert.Equal(classes, scorer.Classifier!.Classes);
        var (expected, actual) = (new float[batch.Count * classes.Count], new float[batch.Count * classes.Count]);
        new ManagedClassifier(trained.Classifier).Classify(batch, expected);
        scorer.Classifier.Classify(batch, actual);
        AssertClose("probability", expected, actual);
    }

    /// <summary>Absolute up to 1 and relative beyond; written so that a difference that is no number fails.</summary>
    private static void AssertClose(string what, float[] expected, float[] actual, double tolerance = Tolerance)
    {
        var differences = expected.Zip(actual, (e, a) => e.Equals(a) ? 0 : Math.Abs((double)a - e) / Math.Max(1, Math.Abs(e))).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {expected.Length} compared, largest difference {differences.Max():0.0e+0}");
        Assert.All(differences, d => Assert.True(d <= tolerance, $"{what} differs by {d}"));
    }
}
