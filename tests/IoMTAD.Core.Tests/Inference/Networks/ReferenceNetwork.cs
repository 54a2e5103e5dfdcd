using IoMTAD.Inference.Networks;

namespace IoMTAD.Core.Tests.Inference.Networks;

/// <summary>Networks as a textbook has them, in double precision and without padding.</summary>
internal static class ReferenceNetwork
{
    /// <param name="parameters">Laid out as the network's.</param>
    /// <param name="input">As the network takes it, padding included.</param>
    /// <returns>The live outputs.</returns>
    public static double[] Forward(NetworkShape shape, double[] parameters, double[] input)
    {
        var at = new double[shape.Input.Steps][];
        for (var t = 0; t < at.Length; t++) at[t] = input[(t * shape.Input.Stride)..(t * shape.Input.Stride + shape.Input.Channels)];
        foreach (var layer in shape.Layers)
        {
            at = layer.Layer switch
            {
                DenseLayer => [Affine(layer, parameters, at, 0)],
                ConvolutionLayer => Steps(layer, t => Affine(layer, parameters, at, t - layer.Front)),
                MaxPoolLayer p => Steps(layer, t => Fold(at[(t * p.Size)..((t + 1) * p.Size)], Math.Max)),
                GlobalPoolLayer { Kind: GlobalPool.Max } => [Fold(at, Math.Max)],
                GlobalPoolLayer { Kind: GlobalPool.Mean } => [Mean(at)],
                GlobalPoolLayer => [Fold(at, Math.Max), Mean(at)],
                ReluLayer => [.. at.Select(step => Array.ConvertAll(step, x => Math.Max(0, x)))],
                _ => [Softmax(at[0])],
            };
        }
        return [.. at.SelectMany(x => x)];
    }

    public static double[] Widen(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), x => (double)x);

    private static double[][] Steps(PlacedLayer layer, Func<int, double[]> step) =>
        [.. Enumerable.Range(0, layer.Output.Steps).Select(step)];

    private static double[] Affine(PlacedLayer layer, double[] parameters, double[][] input, int first)
    {
        var result = parameters[layer.Bias..(layer.Bias + layer.Output.Channels)];
        for (var j = 0; j < layer.Window.Steps; j++)
        {
            if (first + j < 0 || first + j >= input.Length) continue;
            for (var c = 0; c < layer.Window.Channels; c++)
                for (var o = 0; o < result.Length; o++)
                    result[o] += input[first + j][c] * parameters[layer.Weights + (j * layer.Window.Stride + c) * layer.Output.Stride + o];
        }
        return result;
    }

    private static double[] Fold(double[][] steps, Func<double, double, double> two) => steps.Aggregate((a, b) => [.. a.Zip(b, two)]);

    private static double[] Mean(double[][] steps) => Array.ConvertAll(Fold(steps, (x, y) => x + y), x => x / steps.Length);

    private static double[] Softmax(double[] x)
    {
        var e = Array.ConvertAll(x, v => Math.Exp(v - x.Max()));
        return Array.ConvertAll(e, v => v / e.Sum());
    }
}
