using IoMTAD.Inference;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>The weights through which errors flow back, transposed once per batch so that every product runs along rows.</summary>
/// <remarks>A convolution's come as one matrix <c>[Output.Stride, Input.Stride]</c> per step of its window.</remarks>
internal sealed unsafe class NetworkTransposes
{
    private const int Block = 16;
    private readonly NetworkShape shape;
    private readonly FloatBuffer?[] transposed;

    public NetworkTransposes(NetworkShape shape)
    {
        this.shape = shape;
        // No error flows back to the input, so the first layer needs none.
        transposed = [.. shape.Layers.Select((layer, i) => i > 0 && layer.HasWeights ? new FloatBuffer(layer.WeightCount) : null)];
    }

    public float* Of(int layer) => transposed[layer]!.Pointer;

    public void Update(Network network)
    {
        for (var i = 0; i < transposed.Length; i++)
        {
            if (transposed[i] is not { } target) continue;
            var layer = shape.Layers[i];
            var (parts, columns) = (layer.Layer is ConvolutionLayer ? layer.Window.Steps : 1, layer.Output.Stride);
            var rows = layer.Window.Size / parts;
            for (var part = 0; part < parts; part++)
            {
                var at = part * rows * columns;
                Transpose(network.Parameters.Pointer + layer.Weights + at, target.Pointer + at, rows, columns);
            }
        }
    }

    // In blocks, since a column's elements lie too far apart to stay in the cache. Both sides are multiples of a block.
    private static void Transpose(float* matrix, float* result, int rows, int columns)
    {
        for (var i = 0; i < rows; i += Block)
            for (var j = 0; j < columns; j += Block)
                for (var y = j; y < j + Block; y++)
                    for (var x = i; x < i + Block; x++) result[y * rows + x] = matrix[x * columns + y];
    }
}
