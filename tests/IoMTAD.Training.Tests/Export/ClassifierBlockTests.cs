using IoMTAD.Inference;
using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export;
using IoMTAD.Training.Export.Onnx;
using IoMTAD.Training.Tests.Models;

namespace IoMTAD.Training.Tests.Export;

/// <summary>What classifiers are put together from, in the real runtime against our own kernels and plain loops.</summary>
[Trait("Category", "Slow")]
public sealed class ClassifierBlockTests
{
    private const int Rows = 60, Steps = 7, Channels = 3, Filters = 4, Kernel = 4;

    private static readonly Random Numbers = new(5);
    private static readonly float[] X = Random(Rows * Steps * Channels);

    [Fact]
    public void Scaled_rows_and_statistics_are_those_that_managed_predictors_see()
    {
        OnnxRuntime.Require();
        var (batch, scaler, graph) = (Toy.Benign(300, 31), Toy.Model.Scaler, new OnnxGraph("inputs"));
        var (steps, padded) = (batch.MaxSteps, scaler.Padded);
        var (wide, narrow) = (steps * padded, SequenceStatistics.Length(padded));
        var scaled = ScaledRowsGraph.Append(graph, scaler, steps);
        graph.Output(scaled.Rows, "rows", OnnxType.Float, "N", $"{steps}", $"{padded}");
        graph.Output(StatisticsGraph.Append(graph, scaled), "statistics", OnnxType.Float, "N", $"{narrow}");
        var sequences = new float[batch.Count * steps * Toy.Features];
        var (rows, statistics) = (new float[batch.Count * wide], new float[batch.Count * narrow]);
        Array.Fill(sequences, float.NaN);
        for (var i = 0; i < batch.Count; i++)
        {
            for (var t = 0; t < batch.Length(i); t++) batch.Step(i, t).CopyTo(sequences.AsSpan((i * steps + t) * Toy.Features));
            SequenceInputs.Read(SequenceInput.Rows, batch, i, scaler, rows.AsSpan(i * wide, wide));
            SequenceInputs.Read(SequenceInput.Statistics, batch, i, scaler, statistics.AsSpan(i * narrow, narrow));
        }
        new OnnxRuntime()
            .Input(ModelGraph.Sequences, sequences, batch.Count, steps, Toy.Features)
            .Input(ModelGraph.Lengths, batch.Lengths.ToArray(), batch.Count)
            .Expect("rows", rows, batch.Count, steps, padded)
            .Expect("statistics", statistics, batch.Count, narrow)
            .Run(graph.ToBytes(), 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_convolution_is_that_of_plain_loops(bool same)
    {
        var (weights, bias, steps) = (Random(Kernel * Channels * Filters), Random(Filters), same ? Steps : Steps - Kernel + 1);
        var front = same ? (Kernel - 1) / 2 : 0;
        var expected = Fill(steps, Filters, (row, t, filter) =>
        {
            double sum = bias[filter];
            for (var k = 0; k < Kernel; k++)
                for (var c = 0; c < Channels && t + k - front is >= 0 and < Steps; c++)
                    sum += At(row, t + k - front, c) * weights[(k * Channels + c) * Filters + filter];
            return (float)sum;
        });
        Check((graph, x) => LayerGraph.Convolution(graph, x, "conv", weights, bias, Kernel, same), expected, Rows, steps, Filters);
    }

    [Fact]
    public void Pooling_takes_the_largest_of_whole_groups() =>
        Check((graph, x) => LayerGraph.MaxPool(graph, x, 2),
            Fill(Steps / 2, Channels, (row, t, c) => Math.Max(At(row, 2 * t, c), At(row, 2 * t + 1, c))), Rows, Steps / 2, Channels);

    [Fact]
    public void Global_pooling_takes_the_largest_and_the_mean_of_all_steps()
    {
        var steps = Enumerable.Range(0, Steps);
        Check(LayerGraph.GlobalMax, Fill(1, Channels, (row, _, c) => steps.Max(t => At(row, t, c))), Rows, Channels);
        Check(LayerGraph.GlobalMean, Fill(1, Channels, (row, _, c) => steps.Average(t => At(row, t, c))), Rows, Channels);
    }

    [Fact]
    public void A_dense_layer_with_relu_is_that_of_plain_loops()
    {
        var (inputs, weights, bias) = (Steps * Channels, Random(Steps * Channels * Filters), Random(Filters));
        var expected = Fill(1, Filters, (row, _, unit) => MathF.Max(0, bias[unit] +
            Enumerable.Range(0, inputs).Sum(i => X[row * inputs + i] * weights[i * Filters + unit])));
        Check((graph, x) => LayerGraph.Relu(graph, LayerGraph.Dense(graph, LayerGraph.Flatten(graph, x), "dense", weights, bias)),
            expected, Rows, Filters);
    }

    [Fact]
    public void Members_are_averaged_by_weight_and_the_most_probable_class_is_the_label()
    {
        OnnxRuntime.Require();
        var graph = new OnnxGraph("classifier");
        var x = LayerGraph.Flatten(graph, graph.Input("x", OnnxType.Float, "N", "1", "3"));
        string[] members = [LayerGraph.Softmax(graph, x), LayerGraph.Softmax(graph, graph.Add("Neg", [x]))];
        ClassifierGraph.AddOutputs(graph, members, [0.75f, 0.25f], ["a", "b", "c"]);
        var (expected, labels) = (new float[Rows * 3], new long[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            var (plus, minus) = (Shares(row, 1), Shares(row, -1));
            for (var c = 0; c < 3; c++) expected[row * 3 + c] = 0.75f * plus[c] + 0.25f * minus[c];
            labels[row] = expected.AsSpan(row * 3, 3).IndexOf(expected.AsSpan(row * 3, 3).ToArray().Max());
        }
        new OnnxRuntime().Input("x", X[..(Rows * 3)], Rows, 1, 3)
            .Expect(ModelGraph.Probabilities, expected, Rows, 3)
            .Expect(ClassifierGraph.Label, labels, Rows).Run(graph.ToBytes(), 1e-6);

        static float[] Shares(int row, int sign)
        {
            double[] powers = [.. Enumerable.Range(0, 3).Select(c => Math.Exp(sign * X[row * 3 + c]))];
            return Array.ConvertAll(powers, p => (float)(p / powers.Sum()));
        }
    }

    /// <summary>Runs one layer over <see cref="X"/>.</summary>
    private static void Check(Func<OnnxGraph, string, string> layer, float[] expected, params int[] dims)
    {
        OnnxRuntime.Require();
        var graph = new OnnxGraph("layer");
        graph.Output(layer(graph, graph.Input("x", OnnxType.Float, "N", $"{Steps}", $"{Channels}")), "y", OnnxType.Float,
            ["N", .. dims[1..].Select(d => $"{d}")]);
        new OnnxRuntime().Input("x", X, Rows, Steps, Channels).Expect("y", expected, dims).Run(graph.ToBytes(), 1e-6, batch: 7);
    }

    private static float[] Fill(int steps, int channels, Func<int, int, int, float> value)
    {
        var result = new float[Rows * steps * channels];
        for (var i = 0; i < result.Length; i++) result[i] = value(i / channels / steps, i / channels % steps, i % channels);
        return result;
    }

    private static float At(int row, int step, int channel) => X[(row * Steps + step) * Channels + channel];

    private static float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * Numbers.NextSingle() - 1)];
}
