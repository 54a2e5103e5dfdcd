using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Tests;
using IoMTAD.Training.Datasets;
using IoMTAD.Training.Export;
using IoMTAD.Training.Models;
using IoMTAD.Training.Tests.Models;

namespace IoMTAD.Training.Tests.Export;

/// <summary>The managed scorer and ONNX Runtime read the same file and say the same.</summary>
[Trait("Category", "Slow")]
public sealed class AnomalyParityTests
{
    private const double Tolerance = 1e-5;
    private const int RealSequences = 10_000;

    [Fact]
    public void Both_scorers_agree_on_sequences_of_every_length()
    {
        OnnxRuntime.Require();
        var batch = new SequenceBatch(Toy.Features);
        for (var i = 0; i < 200; i++)
        {
            // Strange ones reach the tails, benign ones the knots.
            var source = i % 4 == 0 ? Toy.Strange(1, i) : Toy.Benign(1, i);
            Add(batch, source, 0, Math.Min(source.Length(0), 1 + i % 10));
        }
        Assert.Equal(10, Enumerable.Range(0, batch.Count).Select(batch.Length).Distinct().Count());
        // Data enough for a group of densities per range of lengths; one by one, all other groups have nothing to judge.
        var model = DetectorTrainer.Train(Toy.Schema, Toy.Benign(4000, 1), Toy.Options);
        Assert.Equal(4, model.Groups.Count);
        Compare(model, batch);
        Compare(model, batch, together: 1);
        Compare(Narrow(), batch);
    }

    [Fact]
    public void Both_scorers_agree_on_values_that_are_no_numbers()
    {
        OnnxRuntime.Require();
        var batch = new SequenceBatch(Toy.Features);
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon];
        for (var i = 0; i < 60; i++)
        {
            var source = Toy.Benign(1, i);
            batch.BeginSequence();
            for (var t = 0; t < source.Length(0); t++)
            {
                var step = batch.AddStep();
                source.Step(0, t).CopyTo(step);
                if (t == i % 4) step[i % Toy.Features] = odd[i % odd.Length];
            }
        }
        Compare(Toy.Model, batch);
        Compare(Narrow(), batch);
    }

    [Fact]
    public void Both_scorers_agree_on_ten_thousand_sequences_of_the_dataset()
    {
        OnnxRuntime.Require();
        var folder = SharedData.Require("ciciomt2024");
        var data = new DatasetReader(new()).Read(folder, DatasetFolder.Train, DatasetFolder.Test).Dataset!;
        var model = DatasetTraining.FitDetector(data, new(Epochs: 2));
        var batch = new SequenceUnion(data.Test.Select(f => f.Sequences(0, f.Count, 1)));
        Assert.True(batch.Count >= RealSequences, $"only {batch.Count} sequences");
        var thinned = new SequenceBatch(batch.FeatureCount);
        for (var i = 0; i < RealSequences; i++)
        {
            var sequence = (int)((long)i * batch.Count / RealSequences);
            Add(thinned, batch, sequence, i % 3 == 0 ? 1 + i / 3 % 10 : 10);
        }
        Compare(model, thinned);
    }

    /// <summary>A model whose ranges speak up, and are often left: training keeps them silent where calibration data are few.</summary>
    private static AnomalyModel Narrow()
    {
        var (parts, ranges) = (Toy.Model.Parts, Toy.Model.Ranges);
        var low = Array.ConvertAll(ranges.Low, x => x + 0.3f * MathF.Abs(x));
        var high = Array.ConvertAll(ranges.High, x => x - 0.3f * MathF.Abs(x));
        return AnomalyModelExport.Create(Toy.Schema, Toy.Model.Manifest, parts with { Ranges = new(low, high, parts.Scaler, 0.5f) });
    }

    private static void Add(SequenceBatch target, ISequences source, int sequence, int steps)
    {
        target.BeginSequence();
        for (var t = 0; t < steps; t++) source.Step(sequence, t).CopyTo(target.AddStep());
    }

    /// <param name="together">Sequences that go through the runtime at a time.</param>
    private static void Compare(AnomalyModel model, SequenceBatch batch, int together = 256)
    {
        var (features, steps, hidden) = (batch.FeatureCount, batch.MaxSteps, model.Manifest.Hidden);
        var (count, rows) = (batch.Count, steps * features);
        var scores = new AnomalyScore[count];
        new ManagedAnomalyScorer(model).Score(batch, scores);
        float[] sequences = new float[count * rows], code = new float[count * hidden];
        float[] logError = new float[count * features], reconstruction = new float[count * rows];
        var views = new SequenceViews(model.Scaler, model.Autoencoder, steps, 1);
        var pass = new AutoencoderPass(model.Autoencoder.Shape, 1, steps);
        // What stands beyond a sequence's end must not matter.
        Array.Fill(sequences, float.NaN);
        for (var i = 0; i < count; i++)
        {
            views.Run(batch, [i]);
            views.Reconstruction.Span[..hidden].CopyTo(code.AsSpan(i * hidden));
            views.Reconstruction.Span.Slice(hidden, features).CopyTo(logError.AsSpan(i * features));
            SequenceViews.Load(batch, [i], pass, model.Scaler, new int[1]);
            pass.Forward(model.Autoencoder);
            for (var t = 0; t < batch.Length(i); t++)
            {
                batch.Step(i, t).CopyTo(sequences.AsSpan(i * rows + t * features));
                pass.OutputRow(t, 0)[..features].CopyTo(reconstruction.AsSpan(i * rows + t * features));
            }
        }
        new OnnxRuntime()
            .Input(ModelGraph.Sequences, sequences, count, steps, features)
            .Input(ModelGraph.Lengths, batch.Lengths.ToArray(), count)
            .Expect(ModelGraph.Score, Array.ConvertAll(scores, s => s.Score), count)
            .Expect(AnomalyModelExport.Code, code, count, hidden)
            .Expect(AnomalyModelExport.LogError, logError, count, features)
            .Expect(AnomalyModelExport.Reconstruction, reconstruction, count, steps, features)
            .Run(model.Weights.ToArray(), Tolerance, together);
    }
}
