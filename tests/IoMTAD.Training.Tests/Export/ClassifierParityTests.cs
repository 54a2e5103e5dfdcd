using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Tests;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using IoMTAD.Training.Tests.Models;

namespace IoMTAD.Training.Tests.Export;

/// <summary>Every kind of classifier is the same model read back from its file, and in ONNX Runtime.</summary>
[Trait("Category", "Slow")]
public sealed class ClassifierParityTests
{
    private const double Tolerance = 1e-5;
    private const int RealSequences = 10_000;

    // It wants a row of some twenty columns, which the toy has not.
    private const string SignalCnn = "CNN of Mohammadi et al.";

    public static TheoryData<string> Kinds => [.. Classifiers.All(new()).Select(f => f.Name).Where(n => n != SignalCnn)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_classifier_of_each_kind_agrees_with_itself_read_back_and_in_the_runtime(string kind)
    {
        var model = Fit(ToyFiles(), Classifiers.All(new()).Single(f => f.Name == kind));
        var file = ClassifierExport.ToOnnx(model, "toy");
        Assert.True(ClassifierFile.TryRead(file, [Toy.Schema], out var read, out var error), error);
        var batch = Toy.Benign(100, 31);
        Assert.Equal(Probabilities(model, batch), Probabilities(read, batch));
        Assert.Equal(file, ClassifierExport.ToOnnx(read, "toy"));
        Compare(read, file, batch);
    }

    [Fact]
    public void The_default_classifier_agrees_on_ten_thousand_sequences_of_the_dataset() => CompareOnDataset(Classifiers.Default(new()));

    [Fact]
    public void So_does_the_convolutional_network_over_the_steps() =>
        CompareOnDataset(Classifiers.All(new()).Single(f => f.Name == "1-D CNN"));

    [Fact]
    public void So_does_one_that_judges_row_by_row() => CompareOnDataset(new SignalCnnFit(new(Epochs: 1, Batch: 512)));

    private static void CompareOnDataset(IClassifierFit fit)
    {
        OnnxRuntime.Require();
        var data = new DatasetReader(new()).Read(SharedData.Require("ciciomt2024"), DatasetFolder.Train, DatasetFolder.Test).Dataset!;
        var model = Fit(data.Train, fit);
        var all = new SequenceUnion(data.Test.Select(f => f.Sequences(0, f.Count, 1)));
        Compare(model, ClassifierExport.ToOnnx(model, "dataset"), SequenceSubset.Thinned(all, RealSequences));
    }

    private static ClassifierModel Fit(IReadOnlyList<LabelledFile> files, IClassifierFit fit)
    {
        var data = ClassifierData.Of(files[0].Schema, [.. files.Select(f => (f, 0, f.Count))], 19);
        var members = fit.Fit(data, new(null, TimeProvider.System), CancellationToken.None);
        return new(data.Schema, data.Sequences.MaxSteps, data.Scaler, members, data.Classes);
    }

    private static LabelledFile[] ToyFiles() => [new ToyFile("Benign", Toy.Benign(300, 1)), new ToyFile("Strange", Toy.Strange(200, 2))];

    private static float[] Probabilities(ClassifierModel model, ISequences batch)
    {
        var result = new float[batch.Count * model.Classes.Count];
        new ManagedClassifier(model).Classify(batch, result);
        return result;
    }

    private static void Compare(ClassifierModel model, byte[] file, ISequences batch)
    {
        OnnxRuntime.Require();
        var (count, steps, features, classes) = (batch.Count, batch.MaxSteps, batch.FeatureCount, model.Classes.Count);
        var sequences = new float[count * steps * features];
        var lengths = new int[count];
        for (var i = 0; i < count; i++)
        {
            lengths[i] = batch.Length(i);
            for (var t = 0; t < lengths[i]; t++) batch.Step(i, t).CopyTo(sequences.AsSpan((i * steps + t) * features));
        }
        new OnnxRuntime()
            .Input(ModelGraph.Sequences, sequences, count, steps, features)
            .Input(ModelGraph.Lengths, lengths, count)
            .Expect(ModelGraph.Probabilities, Probabilities(model, batch), count, classes)
            .Run(file, Tolerance);
    }

    private sealed record ToyFile(string Name, SequenceBatch Batch) : LabelledFile(Name, Name, Toy.Schema, "", 0)
    {
        public override int Count => Batch.Count;
        public override ISequences Sequences(int from, int to, int stride) => SequenceSubset.Range(Batch, from, to);
        public override ulong Fingerprint(int index) => 0;
    }
}
