using System.Runtime.Intrinsics;
using IoMTAD.Inference;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Back-propagation through a <see cref="Network"/>: sums the gradient over a pass's rows.</summary>
/// <remarks>Holds the scratch of one shard; nothing is allocated per batch.</remarks>
internal sealed unsafe class NetworkGradient(NetworkShape shape, int capacity)
{
    private readonly FloatBuffer[] errors = NetworkPass.Buffers(shape, capacity);

    /// <summary>Laid out as the parameters; the caller clears it.</summary>
    public FloatBuffer Sum { get; } = new(shape.Length);

    /// <summary>For the caller to fill: the loss's derivative by the last layer's output, or by its input where that is a softmax; zero in
    /// padding. <c>[row, Output.Size]</c>.</summary>
    public float* OutputError => errors[^1].Pointer;

    /// <param name="input">What the pass was given.</param>
    /// <param name="dropout">What the pass was run with.</param>
    public void Accumulate(NetworkPass pass, float* input, int rows, NetworkTransposes weights, Dropout? dropout)
    {
        for (var i = errors.Length - 1; i >= 0; i--)
        {
            var layer = shape.Layers[i];
            float* error = errors[i].Pointer, from = pass.InputOf(i, input), back = i > 0 ? errors[i - 1].Pointer : null;
            if (back != null && !layer.InPlace) new Span<float>(back, rows * layer.Input.Size).Clear();
            if (layer.HasWeights) AddRows(error, Sum.Pointer + layer.Bias, rows * layer.Output.Steps, layer.Output.Stride);
            var transposed = back != null && layer.HasWeights ? weights.Of(i) : null;
            switch (layer.Layer)
            {
                case DenseLayer:
                    Dense(layer, from, error, back, transposed, rows);
                    break;
                case ConvolutionLayer:
                    for (var r = 0; r < rows; r++, error += layer.Output.Size, from += layer.Input.Size)
                    {
                        Convolution(layer, from, error, back, transposed);
                        if (back != null) back += layer.Input.Size;
                    }
                    break;
                case ReluLayer:
                    KernelGradients.Rectified(pass.OutputOf(i), error, (long)rows * layer.Output.Size);
                    break;
                case MaxPoolLayer or GlobalPoolLayer:
                    for (var r = 0; r < rows; r++, error += layer.Output.Size, from += layer.Input.Size, back += layer.Input.Size)
                        Pool(layer, from, error, back);
                    break;
            }
            if (i > 0) dropout?.Apply(i, errors[i - 1].Pointer, rows);
        }
    }

    private void Dense(PlacedLayer layer, float* from, float* error, float* back, float* transposed, int rows)
    {
        var (k, n) = (layer.Input.Size, layer.Output.Stride);
        Gemm.MultiplyAdd(from, 1, k, error, n, Sum.Pointer + layer.Weights, n, k, n, rows);
        if (back != null) Gemm.MultiplyAdd(error, n, 1, transposed, k, back, k, rows, k, layer.Output.Channels);
    }

    // Step by step of the window: the outputs for which that step lies within the input are a run, and so are the inputs they saw there.
    private void Convolution(PlacedLayer layer, float* from, float* error, float* back, float* transposed)
    {
        var (c, n) = (layer.Input.Stride, layer.Output.Stride);
        for (var j = 0; j < layer.Window.Steps; j++)
        {
            var shift = j - layer.Front;
            var (first, end) = (Math.Max(0, -shift), Math.Min(layer.Output.Steps, layer.Input.Steps - shift));
            var run = end - first;
            float* seen = from + (first + shift) * c, e = error + first * n;
            Gemm.MultiplyAdd(seen, 1, c, e, n, Sum.Pointer + layer.Weights + j * c * n, n, c, n, run);
            if (back == null) continue;
            Gemm.MultiplyAdd(e, n, 1, transposed + j * c * n, c, back + (first + shift) * c, c, run, c, layer.Output.Channels);
        }
    }

    private static void Pool(PlacedLayer layer, float* from, float* error, float* back)
    {
        var (input, stride) = (layer.Input, layer.Input.Stride);
        if (layer.Layer is MaxPoolLayer { Size: var size })
        {
            for (var t = 0; t < layer.Output.Steps; t++)
                KernelGradients.Largest(from + t * size * stride, error + t * stride, back + t * size * stride, size, stride);
        }
        else if (layer.Layer is GlobalPoolLayer { Kind: var kind })
        {
            if (kind != GlobalPool.Mean) KernelGradients.Largest(from, error, back, input.Steps, stride);
            if (kind != GlobalPool.Max) KernelGradients.Mean(error + (layer.Output.Steps - 1) * stride, back, input.Steps, stride);
        }
    }

    private static void AddRows(float* rows, float* sum, int count, int width)
    {
        for (var j = 0; j < width; j += Vector256<float>.Count)
        {
            var total = Vector256.Load(sum + j);
            for (var i = 0; i < count; i++) total += Vector256.Load(rows + (long)i * width + j);
            total.Store(sum + j);
        }
    }
}
