using IoMTAD.Inference.Networks;

namespace IoMTAD.Core.Tests.Inference.Networks;

/// <summary>Shapes that between them have every layer in every place, and widths that need padding.</summary>
internal static class SampleNetworks
{
    public static IReadOnlyList<NetworkShape> All { get; } =
    [
        NetworkShape.Create(Extent.Padded(10, 5), new ConvolutionLayer(20, 3), new ReluLayer(), new ConvolutionLayer(16, 3),
            new GlobalPoolLayer(GlobalPool.MaxAndMean), new DenseLayer(7), new ReluLayer(), new DenseLayer(3), new SoftmaxLayer()),
        NetworkShape.Create(new(13, 1, 1), new ConvolutionLayer(6, 3), new ReluLayer(), new MaxPoolLayer(2), new ConvolutionLayer(9, 3),
            new MaxPoolLayer(2), new DenseLayer(4), new SoftmaxLayer()),
        NetworkShape.Create(Extent.Padded(6, 18), new ConvolutionLayer(17, 4, Same: true), new ReluLayer(),
            new ConvolutionLayer(5, 5, Same: true), new GlobalPoolLayer(GlobalPool.Mean), new DenseLayer(2), new SoftmaxLayer()),
        NetworkShape.Create(Extent.Padded(4, 3), new ConvolutionLayer(33, 2), new MaxPoolLayer(3), new GlobalPoolLayer(GlobalPool.Max),
            new DenseLayer(2)),
        NetworkShape.Create(new(3, 4, 6), new DenseLayer(40), new ReluLayer(), new DenseLayer(5), new DenseLayer(18)),
    ];

    /// <summary>Live parameters at random, padding zero.</summary>
    public static Network Fill(NetworkShape shape, int seed)
    {
        var random = new Random(seed);
        var network = new Network(shape, new(shape.Length));
        foreach (var layer in shape.Layers.Where(l => l.HasWeights))
        {
            for (var row = 0; row < layer.Window.Values; row++) Fill(network.Row(layer, row), random, 2 / MathF.Sqrt(layer.Window.Values));
            Fill(network.Parameters.Span.Slice(layer.Bias, layer.Output.Channels), random, 0.3f);
        }
        return network;
    }

    /// <summary>Vectors whose padding is zero.</summary>
    public static float[] Inputs(NetworkShape shape, int rows, int seed)
    {
        var random = new Random(seed);
        var result = new float[rows * shape.Input.Size];
        for (var t = 0; t < rows * shape.Input.Steps; t++)
            Fill(result.AsSpan(t * shape.Input.Stride, shape.Input.Channels), random, 2);
        return result;
    }

    private static void Fill(Span<float> values, Random random, float reach)
    {
        foreach (ref var x in values) x = (2 * random.NextSingle() - 1) * reach;
    }
}
