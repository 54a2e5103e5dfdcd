namespace IoMTAD.Inference.Networks;

/// <summary>One forward pass over a block of rows, the outputs of all layers kept: training walks back over them.</summary>
/// <remarks>
/// Channels of a step lie side by side and steps follow each other, so the windows of a convolution are overlapping rows of one matrix: a
/// product runs over them where they lie, without copies. Every row is computed alone or in products whose rows do not touch, so a result
/// is the same bits whatever stands beside it.
/// </remarks>
internal sealed unsafe class NetworkPass
{
    private readonly NetworkShape shape;
    private readonly FloatBuffer[] outputs;

    public NetworkPass(NetworkShape shape, int capacity)
    {
        this.shape = shape;
        outputs = Buffers(shape, capacity);
    }

    /// <summary>Of the last layer: <c>[row, Output.Size]</c>.</summary>
    public float* Output => outputs[^1].Pointer;

    /// <summary>A buffer for each layer's output; a layer that works in place has that of the layer before.</summary>
    public static FloatBuffer[] Buffers(NetworkShape shape, int capacity)
    {
        var result = new FloatBuffer[shape.Layers.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = shape.Layers[i].InPlace ? result[i - 1] : new(checked(capacity * shape.Layers[i].Output.Size));
        return result;
    }

    /// <summary>What went into a layer; overwritten where the layer works in place.</summary>
    public float* InputOf(int layer, float* input) => layer == 0 ? input : outputs[layer - 1].Pointer;

    public float* OutputOf(int layer) => outputs[layer].Pointer;

    /// <param name="input"><c>[rows, Input.Size]</c></param>
    public void Forward(Network network, float* input, int rows)
    {
        for (var i = 0; i < outputs.Length; i++) Run(network, i, input, rows);
    }

    /// <summary>One layer, for those who do something in between.</summary>
    public void Run(Network network, int index, float* input, int rows)
    {
        var layer = shape.Layers[index];
        float* from = InputOf(index, input), to = outputs[index].Pointer, parameters = network.Parameters.Pointer;
        switch (layer.Layer)
        {
            case DenseLayer:
                Dense(layer, from, to, parameters, rows);
                break;
            case ConvolutionLayer:
                for (var r = 0; r < rows; r++)
                    Convolve(layer, from + (long)r * layer.Input.Size, to + (long)r * layer.Output.Size, parameters);
                break;
            default:
                NetworkKernels.Run(layer, from, to, rows);
                break;
        }
    }

    private static void Dense(PlacedLayer layer, float* from, float* to, float* parameters, int rows)
    {
        var (k, n) = (layer.Input.Size, layer.Output.Stride);
        Repeat(parameters + layer.Bias, to, rows, n);
        Gemm.MultiplyAdd(from, k, 1, parameters + layer.Weights, n, to, n, rows, n, k);
    }

    private static void Convolve(PlacedLayer layer, float* from, float* to, float* parameters)
    {
        var (stride, n, kernel, steps, front) =
            (layer.Input.Stride, layer.Output.Stride, layer.Window.Steps, layer.Output.Steps, layer.Front);
        Repeat(parameters + layer.Bias, to, steps, n);
        for (var t = 0; t < steps;)
        {
            // Where the window hangs over an end, only the part within is multiplied, step by step; all whole windows are one product.
            var (cut, end) = (Math.Max(0, front - t), Math.Min(kernel, layer.Input.Steps + front - t));
            var run = end - cut == kernel ? layer.Input.Steps - kernel + front - t + 1 : 1;
            Gemm.MultiplyAdd(from + (t + cut - front) * stride, stride, 1, parameters + layer.Weights + cut * stride * n, n,
                to + t * n, n, run, n, (end - cut) * stride);
            t += run;
        }
    }

    private static void Repeat(float* row, float* rows, int count, int width)
    {
        for (var i = 0; i < count; i++) new ReadOnlySpan<float>(row, width).CopyTo(new(rows + (long)i * width, width));
    }
}
