namespace IoMTAD.Inference.Networks;

internal sealed unsafe class NetworkPredictor(Network network, int capacity) : IPredictor
{
    private readonly NetworkPass pass = new(network.Shape, capacity);

    public void Predict(ReadOnlySpan<float> inputs, int rows, Span<float> outputs)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, capacity);
        // The kernels know no bounds: the lengths are checked here, once.
        fixed (float* input = inputs[..(rows * network.Inputs)]) pass.Forward(network, input, rows);
        var form = network.Shape.Output;
        var values = new ReadOnlySpan<float>(pass.Output, rows * form.Size);
        for (var i = 0; i < rows * form.Steps; i++)
            values.Slice(i * form.Stride, form.Channels).CopyTo(outputs[(i * form.Channels)..]);
    }
}
