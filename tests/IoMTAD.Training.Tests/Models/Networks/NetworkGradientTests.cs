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
        const double Step = 1e-6;
        var shape = SampleNetworks.All[index];
        var network = SampleNetworks.Fill(shape, 3);
        var inputs = SampleNetworks.Inputs(shape, Rows, 4);
        var gradient = Gradient(network, inputs);
        var parameters = ReferenceNetwork.Widen(network.Parameters.Span);
        var rows = Enumerable.Range(0, Rows)
            .Select(r => ReferenceNetwork.Widen(inputs.AsSpan(r * network.Inputs, network.Inputs))).ToArray();
        var largest = gradient.Max(Math.Abs);
        // Some hundreds of parameters tell as much as all; an odd step comes by every column.
        var step = parameters.Length / 400 | 1;
        for (var i = 0; i < parameters.Length; i += step)
        {
            var kept = parameters[i];
            parameters[i] = kept + Step;
            var above = Loss(shape, parameters, rows);
            parameters[i] = kept - Step;
            var derivative = (above - Loss(shape, parameters, rows)) / (2 * Step);
            parameters[i] = kept;
            // The reference does not see padding, so this also says that padding gets no gradient.
            Assert.Equal(derivative, gradient[i], 2e-5 * Math.Max(1, largest));
        }
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

    private static float[] Gradient(Network network, float[] inputs)
    {
        var shape = network.Shape;
        var (pass, gradient, weights) = (new NetworkPass(shape, Rows), new NetworkGradient(shape, Rows), new NetworkTransposes(shape));
        INetworkLoss loss = shape.Layers[^1].Layer is SoftmaxLayer
            ? new CrossEntropyLoss(Labels(shape), Weights(shape), 0) : new ReconstructionLoss(new(1, shape.Output.Size, shape.Output.Size));
        weights.Update(network);
        var target = new float[shape.Output.Size];
        fixed (float* input = inputs, zero = target)
        {
            pass.Forward(network, input, Rows);
            for (var r = 0; r < Rows; r++)
            {
                var at = r * shape.Output.Size;
                loss.Learn(r, zero, pass.Output + at, gradient.OutputError + at);
            }
            gradient.Accumulate(pass, input, Rows, weights, null);
        }
        return gradient.Sum.Span.ToArray();
    }

    private static double Loss(NetworkShape shape, double[] parameters, double[][] inputs)
    {
        var sum = 0.0;
        for (var r = 0; r < Rows; r++)
        {
            var output = ReferenceNetwork.Forward(shape, parameters, inputs[r]);
            sum += shape.Layers[^1].Layer is SoftmaxLayer
                ? -Weights(shape)[Labels(shape)[r]] * Math.Log(output[Labels(shape)[r]])
                : output.Sum(x => x * x) / shape.Output.Size;
        }
        return sum;
    }

    private static int[] Labels(NetworkShape shape) => [.. Enumerable.Range(0, Rows).Select(r => r % shape.Output.Channels)];

    private static float[] Weights(NetworkShape shape) => [.. Enumerable.Range(0, shape.Output.Channels).Select(c => 0.5f + c)];
}
