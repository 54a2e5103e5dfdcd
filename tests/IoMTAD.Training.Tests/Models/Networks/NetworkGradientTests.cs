using IoMTAD.Core.Tests.Inference.Networks;
using IoMTAD.Inference;
using IoMTAD.Inference.Networks;
using IoMTAD.Training.Models.Networks;

namespace IoMTAD.Training.Tests.Models.Networks;

public sealed unsafe class NetworkGradientTests
{
    private const int Rows = 5;

    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, SampleNetworks.All.Count)];

    [Theory, MemberData(nameof(Shapes))]
    public void The_gradient_is_that_of_central_differences_in_double_precision(int index)
    {
        var shape = SampleNetworks.All[index];
        var network = SampleNetworks.Fill(shape, 3);
        var inputs = SampleNetworks.Inputs(shape, Rows, 4);
        // The reference does not see padding, so this also says that padding gets no gradient.
        Compare(network, Gradient(network, inputs, Rows, null), parameters => Loss(shape, parameters, inputs, Rows));
    }

    [Fact]
    public void With_dropout_the_gradient_is_that_of_a_network_whose_dense_weights_are_scaled_likewise()
    {
        var shape = SampleNetworks.All[0];
        var network = SampleNetworks.Fill(shape, 3);
        var inputs = SampleNetworks.Inputs(shape, 1, 4);
        var dropout = new Dropout(shape, 1, 0.4f, 1);
        dropout.Draw(0, [0]);
        Compare(network, Gradient(network, inputs, 1, dropout), parameters => Loss(shape, Dropped(shape, parameters, dropout), inputs, 1));
    }

    [Fact]
    public void Of_equal_values_the_first_gets_a_pools_error()
    {
        FloatBuffer input = new(3 * 16), error = new(16), back = new(3 * 16);
        input.Span.Fill(2);
        error.Span.Fill(5);
        KernelGradients.Largest(input.Pointer, error.Pointer, back.Pointer, 3, 16);
        Assert.All(back.Span[..16].ToArray(), x => Assert.Equal(5, x));
        Assert.All(back.Span[16..].ToArray(), x => Assert.Equal(0, x));
    }

    private static void Compare(Network network, float[] gradient, Func<double[], double> loss)
    {
        const double Difference = 1e-6;
        var parameters = ReferenceNetwork.Widen(network.Parameters.Span);
        var tolerance = 2e-5 * Math.Max(1, gradient.Max(Math.Abs));
        // Some hundreds of parameters tell as much as all; an odd step comes by every column.
        var step = parameters.Length / 400 | 1;
        for (var i = 0; i < parameters.Length; i += step)
        {
            var kept = parameters[i];
            parameters[i] = kept + Difference;
            var above = loss(parameters);
            parameters[i] = kept - Difference;
            var derivative = (above - loss(parameters)) / (2 * Difference);
            parameters[i] = kept;
            Assert.Equal(derivative, gradient[i], tolerance);
        }
    }

    private static float[] Gradient(Network network, float[] inputs, int rows, Dropout? dropout)
    {
        var shape = network.Shape;
        var (pass, gradient, weights) = (new NetworkPass(shape, rows), new NetworkGradient(shape, rows), new NetworkTransposes(shape));
        INetworkLoss loss = shape.Layers[^1].Layer is SoftmaxLayer
            ? new CrossEntropyLoss(Labels(shape), Weights(shape), 0) : new ReconstructionLoss(new(1, shape.Output.Size, shape.Output.Size));
        weights.Update(network);
        var target = new float[shape.Output.Size];
        fixed (float* input = inputs, zero = target)
        {
            pass.Forward(network, input, rows, dropout);
            for (var r = 0; r < rows; r++)
            {
                var at = r * shape.Output.Size;
                loss.Learn(r, zero, pass.Output + at, gradient.OutputError + at);
            }
            gradient.Accumulate(pass, input, rows, weights, dropout);
        }
        return gradient.Sum.Span.ToArray();
    }

    private static double Loss(NetworkShape shape, double[] parameters, float[] inputs, int rows)
    {
        var (sum, width) = (0.0, shape.Input.Size);
        for (var r = 0; r < rows; r++)
        {
            var output = ReferenceNetwork.Forward(shape, parameters, ReferenceNetwork.Widen(inputs.AsSpan(r * width, width)));
            sum += shape.Layers[^1].Layer is SoftmaxLayer
                ? -Weights(shape)[Labels(shape)[r]] * Math.Log(output[Labels(shape)[r]])
                : output.Sum(x => x * x) / shape.Output.Size;
        }
        return sum;
    }

    /// <summary>What an input is multiplied by, its weights may be as well.</summary>
    private static double[] Dropped(NetworkShape shape, double[] parameters, Dropout dropout)
    {
        var result = parameters.ToArray();
        for (var i = 1; i < shape.Layers.Count; i++)
        {
            var layer = shape.Layers[i];
            if (layer.Layer is not DenseLayer) continue;
            var factors = new FloatBuffer(layer.Input.Size);
            factors.Span.Fill(1);
            dropout.Apply(i, factors.Pointer, 1);
            for (var j = 0; j < layer.WeightCount; j++) result[layer.Weights + j] *= factors.Span[j / layer.Output.Stride];
        }
        return result;
    }

    private static int[] Labels(NetworkShape shape) => [.. Enumerable.Range(0, Rows).Select(r => r % shape.Output.Channels)];

    private static float[] Weights(NetworkShape shape) => [.. Enumerable.Range(0, shape.Output.Channels).Select(c => 0.5f + c)];
}
