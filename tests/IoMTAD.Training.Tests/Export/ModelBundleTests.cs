using System.Text;
using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Evaluation;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using IoMTAD.Training.Models.Trees;
using IoMTAD.Training.Tests.Models;

namespace IoMTAD.Training.Tests.Export;

public sealed class ModelBundleTests
{
    private static readonly byte[] Manifest = Toy.Model.Manifest.ToJson();
    private static readonly byte[] Weights = Toy.Model.Weights.ToArray();

    [Fact]
    public void A_bundle_read_back_scores_the_same_bits_under_the_same_version()
    {
        var folder = Directory.CreateTempSubdirectory("iomtad-bundle").FullName;
        try
        {
            ModelBundle.Write(Toy.Model, folder);
            var loaded = ModelBundle.Read(folder, CicIoMT2024.V1, Toy.Schema);
            Assert.Null(loaded.Error);
            Assert.Equal(Toy.Model.Version, loaded.Model!.Version);
            var batch = Toy.Benign(60, 21);
            Assert.Equal(DetectionEvaluation.Scores(new ManagedAnomalyScorer(Toy.Model), batch),
                DetectionEvaluation.Scores(new ManagedAnomalyScorer(loaded.Model), batch));
            File.Delete(Path.Combine(folder, AnomalyModel.WeightsFile));
            Assert.Contains("autoencoder.onnx is missing", ModelBundle.Read(folder, Toy.Schema).Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_changed_byte_is_refused()
    {
        var changed = Weights.ToArray();
        changed[^5] ^= 1;
        Assert.Contains("SHA-256", Error(Manifest, changed), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_schema_is_named() =>
        Assert.Contains("toy-v1", Load(Manifest, Weights, CicIoMT2024.V1).Error, StringComparison.Ordinal);

    [Fact]
    public void No_manifest_is_an_error_and_no_exception()
    {
        Assert.Contains("manifest.json", Error("{"u8.ToArray(), Weights), StringComparison.Ordinal);
        Assert.Contains("manifest.json", Error("null"u8.ToArray(), Weights), StringComparison.Ordinal);
        Assert.Contains("manifest.json", Error("{\"name\":\"x\"}"u8.ToArray(), Weights), StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_cut_short_or_of_other_sizes_are_errors()
    {
        for (var length = 0; length < Weights.Length; length += 1 + length / 2)
        {
            Assert.False(OnnxTensors.TryRead(Weights.AsSpan(0, length), out _, out var error));
            Assert.NotEmpty(error);
        }
        var wider = Encoding.UTF8.GetString(Manifest).Replace("\"hidden\": 16", "\"hidden\": 32", StringComparison.Ordinal);
        Assert.Contains("tensor 'encoder/input'", Error(Encoding.UTF8.GetBytes(wider), Weights), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(9, "classifier.onnx takes sequences of 9 steps, but the model's are of 10")]
    public void A_classifier_of_shorter_sequences_than_the_detectors_is_refused(int steps, string? error)
    {
        var sequences = Toy.Benign(60, 1);
        var data = new ClassifierData(Toy.Schema, ScalerFit.Fit(sequences), sequences, [.. Enumerable.Range(0, 60).Select(i => i % 2)], ["Benign", "Odd"]);
        var trees = RandomForestFit.Run(
            data.Vectors(SequenceInput.Statistics), new(Trees: 2, Depth: 3), new(null, TimeProvider.System), CancellationToken.None).Ensemble;
        var classifier = new ClassifierModel(Toy.Schema, steps, data.Scaler, [new(SequenceInput.Statistics, trees, 1)], data.Classes);
        var model = Toy.Model.WithClassifier(classifier, ClassifierExport.ToOnnx(classifier, "toy"));

        Assert.Equal(error, AnomalyModel.Load(model.Files.ToDictionary(f => f.Key, f => f.Value.ToArray()), Toy.Schema).Error);
    }

    private static string? Error(byte[] manifest, byte[] weights) => Load(manifest, weights, Toy.Schema).Error;

    private static ModelLoad Load(byte[] manifest, byte[] weights, FeatureSchema schema) => AnomalyModel.Load(
        new Dictionary<string, byte[]> { [AnomalyModel.ManifestFile] = manifest, [AnomalyModel.WeightsFile] = weights }, schema);
}
