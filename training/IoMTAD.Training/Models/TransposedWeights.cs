using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>The weights through which errors flow back, transposed once per batch so that every product runs along rows.</summary>
internal sealed class TransposedWeights(AutoencoderShape shape)
{
    public FloatBuffer EncoderState { get; } = new(shape.Gates * shape.Hidden);
    public FloatBuffer DecoderState { get; } = new(shape.Gates * shape.Hidden);
    public FloatBuffer DecoderCode { get; } = new(shape.Gates * shape.Hidden);
    public FloatBuffer Output { get; } = new(shape.Padded * shape.Hidden);

    public void Update(Autoencoder net)
    {
        var parameters = net.Parameters.Span;
        Transpose(parameters[shape.EncoderState..], EncoderState.Span, shape.Hidden, shape.Gates);
        Transpose(parameters[shape.DecoderState..], DecoderState.Span, shape.Hidden, shape.Gates);
        Transpose(parameters[shape.DecoderCode..], DecoderCode.Span, shape.Hidden, shape.Gates);
        Transpose(parameters[shape.Output..], Output.Span, shape.Hidden, shape.Padded);
    }

    private static void Transpose(ReadOnlySpan<float> matrix, Span<float> result, int rows, int columns)
    {
        for (var j = 0; j < columns; j++)
            for (var i = 0; i < rows; i++)
                result[j * rows + i] = matrix[i * columns + j];
    }
}
