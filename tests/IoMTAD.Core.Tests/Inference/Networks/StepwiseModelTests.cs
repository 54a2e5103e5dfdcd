using IoMTAD.Features;
using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Inference.Networks;

public sealed class StepwiseModelTests
{
    private const int Features = 5, MaxSteps = 4;
    private static readonly NetworkShape Shape = NetworkShape.Create(
        new(Features, 1, 1), new ConvolutionLayer(8, 3), new ReluLayer(), new DenseLayer(3), new SoftmaxLayer());
    private static readonly FeatureScaler Scaler = new(
        new float[Features], [1, 1, 1, 1, 1], new float[Features], 5);

    [Fact]
    public void A_sequence_gets_the_mean_over_its_live_rows_even_where_they_are_zero()
    {
        var network = SampleNetworks.Fill(Shape, 2);
        var sequences = Sequences();
        var model = new StepwiseModel(network, Scaler.Padded, MaxSteps);
        var (inputs, outputs) = (Read(sequences, model.Inputs), new float[3 * 3]);
        model.Create(3).Predict(inputs, 3, outputs);
        for (var i = 0; i < 3; i++)
        {
            var rows = Enumerable.Range(0, sequences.Length(i)).Select(t => Alone(network, sequences.Step(i, t))).ToList();
            for (var c = 0; c < 3; c++) Assert.Equal(rows.Average(r => r[c]), outputs[i * 3 + c], 1e-6);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-3)]
    [InlineData(1e9f)]
    public void An_impossible_number_of_rows_harms_nothing(float rows)
    {
        var model = new StepwiseModel(SampleNetworks.Fill(Shape, 2), Scaler.Padded, MaxSteps);
        var (inputs, outputs) = (new float[model.Inputs], new float[3]);
        inputs[^1] = rows;
        model.Create(1).Predict(inputs, 1, outputs);
        Assert.Equal(1, outputs.Sum(), 1e-5);
    }

    [Fact]
    public void Predicting_allocates_nothing_once_warm()
    {
        var model = new StepwiseModel(SampleNetworks.Fill(Shape, 2), Scaler.Padded, MaxSteps);
        var predictor = model.Create(3);
        var (inputs, outputs) = (Read(Sequences(), model.Inputs), new float[3 * 3]);
        Assert.Equal(0, Allocations.Of(() => predictor.Predict(inputs, 3, outputs)));
    }

    private static SequenceBatch Sequences()
    {
        var random = new Random(8);
        var batch = new SequenceBatch(Features, MaxSteps);
        foreach (var length in new[] { MaxSteps, 1, 3 })
        {
            batch.BeginSequence();
            for (var t = 0; t < length; t++)
                foreach (ref var x in batch.AddStep()) x = t == 2 ? 0 : random.NextSingle() - 0.5f;
        }
        return batch;
    }

    private static float[] Read(SequenceBatch sequences, int width)
    {
        var inputs = new float[sequences.Count * width];
        for (var i = 0; i < sequences.Count; i++)
            SequenceInputs.Read(SequenceInput.CountedRows, sequences, i, Scaler, inputs.AsSpan(i * width, width));
        return inputs;
    }

    private static float[] Alone(Network network, ReadOnlySpan<float> row)
    {
        var output = new float[3];
        network.Create(1).Predict(row, 1, output);
        return output;
    }
}
