namespace IoMTAD.Inference.Networks;

/// <summary>A feed-forward network: its layers and their parameters, laid out as <see cref="NetworkShape"/> says.</summary>
internal sealed class Network(NetworkShape shape, FloatBuffer parameters) : IPredictorModel
{
    public NetworkShape Shape { get; } = shape;
    public FloatBuffer Parameters { get; } = parameters;

    public int Inputs => Shape.Input.Size;
    public int Outputs => Shape.Output.Values;

    public IPredictor Create(int capacity) => new NetworkPredictor(this, capacity);

    /// <summary>One layer's weights without padding, <c>[window step, input channel, output channel]</c>.</summary>
    public float[] Weights(PlacedLayer layer)
    {
        var (window, output) = (layer.Window, layer.Output);
        var result = new float[window.Values * output.Channels];
        for (var i = 0; i < window.Values; i++) Row(layer, i).CopyTo(result.AsSpan(i * output.Channels));
        return result;
    }

    /// <summary>One layer's biases without padding.</summary>
    public float[] Biases(PlacedLayer layer) => Parameters.Span.Slice(layer.Bias, layer.Output.Channels).ToArray();

    /// <summary>The weights of one live value of the window, as they lie.</summary>
    public Span<float> Row(PlacedLayer layer, int value)
    {
        var (step, channel) = Math.DivRem(value, layer.Window.Channels);
        var row = step * layer.Window.Stride + channel;
        return Parameters.Span.Slice(layer.Weights + row * layer.Output.Stride, layer.Output.Channels);
    }
}
