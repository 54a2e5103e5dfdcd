using System.Diagnostics.CodeAnalysis;

namespace IoMTAD.Inference.Networks;

/// <summary>A network's parameters as named tensors without padding, <c>name/layer/weights</c> and <c>name/layer/biases</c>, and back. The
/// layers themselves go into the model's manifest as <see cref="NetworkText"/>.</summary>
internal static class NetworkTensors
{
    public static void Write(TensorSet file, string name, Network network)
    {
        for (var i = 0; i < network.Shape.Layers.Count; i++)
        {
            var layer = network.Shape.Layers[i];
            if (!layer.HasWeights) continue;
            file.Add($"{name}/{i}/weights", network.Weights(layer));
            file.Add($"{name}/{i}/biases", network.Biases(layer));
        }
    }

    public static bool TryRead(
        TensorSet file, string name, NetworkShape shape, [NotNullWhen(true)] out Network? network, [NotNullWhen(false)] out string? error)
    {
        (network, error) = (null, null);
        // The file's own size bounds what is allocated: tensors are checked before the network is made.
        for (var i = 0; i < shape.Layers.Count && error is null; i++)
        {
            var layer = shape.Layers[i];
            if (!layer.HasWeights) continue;
            error = Fault(file, $"{name}/{i}/weights", (long)layer.Window.Values * layer.Output.Channels)
                ?? Fault(file, $"{name}/{i}/biases", layer.Output.Channels);
        }
        if (error is not null) return false;
        network = new(shape, new(shape.Length));
        for (var i = 0; i < shape.Layers.Count; i++)
        {
            var layer = shape.Layers[i];
            if (!layer.HasWeights) continue;
            ReadOnlySpan<float> weights = file.Find($"{name}/{i}/weights"), biases = file.Find($"{name}/{i}/biases");
            var width = layer.Output.Channels;
            for (var row = 0; row < layer.Window.Values; row++) weights.Slice(row * width, width).CopyTo(network.Row(layer, row));
            biases.CopyTo(network.Parameters.Span[layer.Bias..]);
        }
        return true;
    }

    private static string? Fault(TensorSet file, string name, long length)
    {
        if (file.Find(name) is not { } values) return $"tensor '{name}' is missing";
        if (values.Length != length) return $"tensor '{name}' has {values.Length} values, not {length}";
        return Array.TrueForAll(values, float.IsFinite) ? null : $"tensor '{name}' holds a value that is no number";
    }
}
