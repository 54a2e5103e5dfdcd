using System.Runtime.Intrinsics;
using IoMTAD.Inference;
using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Sets a share of what enters each dense layer to zero and makes up for it by scaling the rest (Srivastava et al. 2014). The
/// network's own input is left alone.</summary>
internal sealed unsafe class Dropout
{
    private const int Purpose = 1;
    private readonly NetworkShape shape;
    private readonly int seed;
    private readonly uint threshold;
    private readonly float scale;
    private readonly FloatBuffer?[] factors;

    /// <param name="share">Dropped, 0 to below 1, to the nearest of 65,536 parts.</param>
    public Dropout(NetworkShape shape, int capacity, float share, int seed)
    {
        (this.shape, this.seed) = (shape, seed);
        threshold = (uint)MathF.Round(share * 65_536);
        scale = 1 / (1 - threshold / 65_536f);
        factors = [.. shape.Layers.Select((l, i) => i > 0 && l.Layer is DenseLayer ? new FloatBuffer(capacity * l.Input.Size) : null)];
    }

    /// <summary>Chooses what is dropped of these rows in this epoch.</summary>
    public void Draw(int epoch, ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < factors.Length; i++)
        {
            if (factors[i] is not { } buffer) continue;
            var size = shape.Layers[i].Input.Size;
            for (var r = 0; r < rows.Length; r++)
            {
                var stream = new SeededStream(seed, epoch, rows[r], Purpose + (i << 8));
                var p = buffer.Pointer + (long)r * size;
                for (var j = 0; j < size; j += 4)
                {
                    var bits = stream.Next();
                    for (var b = 0; b < 4; b++, bits >>= 16) p[j + b] = (bits & 0xFFFF) < threshold ? 0 : scale;
                }
            }
        }
    }

    /// <summary>To what enters a layer, on the way there, and to its error, on the way back.</summary>
    public void Apply(int layer, float* values, int rows)
    {
        if (factors[layer] is not { } buffer) return;
        var count = (long)rows * shape.Layers[layer].Input.Size;
        for (long i = 0; i < count; i += Vector256<float>.Count)
            (Vector256.Load(values + i) * Vector256.Load(buffer.Pointer + i)).Store(values + i);
    }
}

internal static unsafe class DropoutPass
{
    /// <summary>A forward pass in training.</summary>
    public static void Forward(this NetworkPass pass, Network network, float* input, int rows, Dropout? dropout)
    {
        for (var i = 0; i < network.Shape.Layers.Count; i++)
        {
            dropout?.Apply(i, pass.InputOf(i, input), rows);
            pass.Run(network, i, input, rows);
        }
    }
}
