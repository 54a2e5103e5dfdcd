using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>Starting weights: uniform within ±1/√fan-in, forget gates open at first (Jozefowicz et al. 2015), padding zero.</summary>
internal static class AutoencoderInitialisation
{
    public static void Fill(Autoencoder net, Random random)
    {
        var shape = net.Shape;
        var p = net.Parameters.Span;
        Matrix(p[shape.EncoderInput..], shape.Features, shape.Gates, shape.Gates, random);
        Matrix(p[shape.EncoderState..], shape.Hidden, shape.Gates, shape.Gates, random);
        Matrix(p[shape.DecoderCode..], shape.Hidden, shape.Gates, shape.Gates, random);
        Matrix(p[shape.DecoderState..], shape.Hidden, shape.Gates, shape.Gates, random);
        Matrix(p[shape.Output..], shape.Hidden, shape.Features, shape.Padded, random);
        p.Slice(shape.EncoderBias + shape.Hidden, shape.Hidden).Fill(1);
        p.Slice(shape.DecoderBias + shape.Hidden, shape.Hidden).Fill(1);
    }

    private static void Matrix(Span<float> matrix, int rows, int columns, int stride, Random random)
    {
        var reach = 1 / MathF.Sqrt(rows);
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
                matrix[i * stride + j] = (2 * random.NextSingle() - 1) * reach;
    }
}
