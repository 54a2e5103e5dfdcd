using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Starting weights: uniform, of variance 2 / fan-in ahead of a rectifier (He et al. 2015), else 1 / fan-in; biases and padding
/// zero.</summary>
internal static class NetworkInitialisation
{
    public static Network Create(NetworkShape shape, int seed)
    {
        var random = new Random(seed);
        var network = new Network(shape, new(shape.Length));
        for (var i = 0; i < shape.Layers.Count; i++)
        {
            var layer = shape.Layers[i];
            if (!layer.HasWeights) continue;
            var rectified = i + 1 < shape.Layers.Count && shape.Layers[i + 1].Layer is ReluLayer;
            var reach = MathF.Sqrt((rectified ? 6f : 3f) / layer.Window.Values);
            for (var row = 0; row < layer.Window.Values; row++)
                foreach (ref var weight in network.Row(layer, row)) weight = (2 * random.NextSingle() - 1) * reach;
        }
        if (shape.Output.Channels == shape.Input.Size && shape.Layers[^1].HasWeights) ClearPadding(network);
        return network;
    }

    // Of a network that gives back its input: what gives back padding starts, and so stays, zero.
    private static void ClearPadding(Network network)
    {
        var (last, input) = (network.Shape.Layers[^1], network.Shape.Input);
        for (var row = 0; row < last.Window.Values; row++)
            for (var t = 0; t < input.Steps; t++)
                network.Row(last, row).Slice(t * input.Stride + input.Channels, input.Stride - input.Channels).Clear();
    }
}
