using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Networks;
using IoMTAD.Training.Models.Trees;
using IoMTAD.Training.Tests.Models;

namespace IoMTAD.Training.Tests.Export;

public sealed class ClassifierFileTests
{
    private static readonly byte[] Sound = ClassifierExport.ToOnnx(Model(), "toy");

    [Fact]
    public void Another_schema_is_named()
    {
        Assert.False(ClassifierFile.TryRead(Sound, [CicIoMT2024.V1], out _, out var error));
        Assert.Contains("toy-v1", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_cut_short_anywhere_are_an_error()
    {
        for (var length = 0; length < Sound.Length; length += 1 + Sound.Length / 400)
            Assert.False(ClassifierFile.TryRead(Sound.AsSpan(0, length), [Toy.Schema], out _, out _));
    }

    [Fact]
    public void Changed_bytes_are_an_error_or_a_classifier_that_answers()
    {
        var batch = Toy.Benign(5, 3);
        var random = new Random(5);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = Sound.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (!ClassifierFile.TryRead(bytes, [Toy.Schema], out var model, out var error))
            {
                Assert.NotEmpty(error);
                continue;
            }
            new ManagedClassifier(model).Classify(batch, new float[batch.Count * model.Classes.Count]);
        }
    }

    /// <summary>A little of everything that a file may hold.</summary>
    private static ClassifierModel Model()
    {
        var sequences = Toy.Benign(60, 1);
        int[] labels = [.. Enumerable.Range(0, sequences.Count).Select(i => i % 2)];
        var data = new ClassifierData(Toy.Schema, ScalerFit.Fit(sequences), sequences, labels, ["Benign", "Odd"]);
        var meter = new ProgressMeter(null, TimeProvider.System);
        var trees = RandomForestFit.Run(data.Vectors(SequenceInput.Statistics), new(Trees: 2, Depth: 3), meter, CancellationToken.None).Ensemble;
        var boosted = GradientBoostingFit.Run(data.Vectors(SequenceInput.Statistics), new(Rounds: 2, Depth: 2), meter, CancellationToken.None).Ensemble;
        var network = NetworkFit.Classifier(NetworkShape.Create(Extent.Padded(10, Toy.Features), new ConvolutionLayer(4, 3), new ReluLayer(),
            new GlobalPoolLayer(GlobalPool.Max), new DenseLayer(2), new SoftmaxLayer()), new(Epochs: 1), data.Vectors(SequenceInput.Rows), null).Run().Network;
        return new(Toy.Schema, sequences.MaxSteps, data.Scaler,
            [
                new(SequenceInput.Statistics, trees, 0.4f), new(SequenceInput.Statistics, new SoftmaxPredictor(boosted), 0.3f),
                new(SequenceInput.Rows, network, 0.3f),
            ],
            data.Classes);
    }
}
