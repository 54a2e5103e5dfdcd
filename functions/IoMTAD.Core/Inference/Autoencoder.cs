namespace IoMTAD.Inference;

/// <summary>Where each tensor of an LSTM autoencoder stands in its one flat parameter array; also the layout of its gradient.</summary>
/// <remarks>
/// Gates lie side by side, [input | forget | candidate | output], each <see cref="Hidden"/> wide. Features are padded with zeros to
/// <see cref="Padded"/> columns; padding stays zero in training, since neither input nor error ever stands there.
/// </remarks>
public sealed record AutoencoderShape
{
    public AutoencoderShape(int features, int hidden)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (hidden < Gemm.Align || hidden % Gemm.Align != 0)
            throw new ArgumentOutOfRangeException(nameof(hidden), hidden, $"The hidden size is a multiple of {Gemm.Align}.");
        (Features, Hidden, Padded) = (features, hidden, Gemm.Pad(features));
        EncoderInput = 0;
        EncoderState = EncoderInput + Padded * Gates;
        EncoderBias = EncoderState + Hidden * Gates;
        DecoderCode = EncoderBias + Gates;
        DecoderState = DecoderCode + Hidden * Gates;
        DecoderBias = DecoderState + Hidden * Gates;
        Output = DecoderBias + Gates;
        OutputBias = Output + Hidden * Padded;
        Length = OutputBias + Padded;
    }

    public int Features { get; }
    public int Hidden { get; }
    public int Padded { get; }
    public int Gates => 4 * Hidden;

    internal int EncoderInput { get; }
    internal int EncoderState { get; }
    internal int EncoderBias { get; }
    internal int DecoderCode { get; }
    internal int DecoderState { get; }
    internal int DecoderBias { get; }
    internal int Output { get; }
    internal int OutputBias { get; }

    /// <summary>How many parameters there are, padding included.</summary>
    public int Length { get; }
}

/// <summary>
/// An LSTM autoencoder: the encoder's last state is the code, the decoder gets the code at every step and its state is projected to
/// features.
/// </summary>
internal sealed class Autoencoder(AutoencoderShape shape, FloatBuffer parameters)
{
    public AutoencoderShape Shape { get; } = shape;
    public FloatBuffer Parameters { get; } = parameters;
}
