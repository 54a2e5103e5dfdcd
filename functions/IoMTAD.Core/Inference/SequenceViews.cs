using IoMTAD.Features;

namespace IoMTAD.Inference;

/// <summary>From raw sequences to the vectors that the densities judge. Scoring and training both go through here, so they cannot
/// differ.</summary>
internal sealed unsafe class SequenceViews
{
    private readonly FeatureScaler scaler;
    private readonly Autoencoder autoencoder;
    private readonly AutoencoderPass pass;
    private readonly FloatBuffer statistics;
    private readonly int[] lengths;

    public SequenceViews(FeatureScaler scaler, Autoencoder autoencoder, int maxSteps, int capacity)
    {
        (this.scaler, this.autoencoder) = (scaler, autoencoder);
        Capacity = capacity;
        pass = new(autoencoder.Shape, capacity, maxSteps);
        lengths = new int[capacity];
        ReconstructionLength = autoencoder.Shape.Hidden + autoencoder.Shape.Padded;
        SpreadsLength = SequenceSpreads.Length(autoencoder.Shape.Padded);
        statistics = new(SequenceStatistics.Length(autoencoder.Shape.Padded));
        Reconstruction = new(capacity * ReconstructionLength);
        Spreads = new(capacity * SpreadsLength);
    }

    public int Capacity { get; }
    public int ReconstructionLength { get; }
    public int SpreadsLength { get; }

    /// <summary><c>[row, code | log error]</c></summary>
    public FloatBuffer Reconstruction { get; }

    /// <summary><see cref="SequenceSpreads"/>, <c>[row, kind, feature]</c>.</summary>
    public FloatBuffer Spreads { get; }

    /// <summary>Steps of the sequence in a row.</summary>
    public int Length(int row) => lengths[row];

    /// <param name="order">Which sequences of the batch, at most <see cref="Capacity"/>, their lengths never rising; each becomes a
    /// row.</param>
    public void Run(ISequences batch, ReadOnlySpan<int> order)
    {
        Load(batch, order, pass, scaler, lengths);
        pass.Forward(autoencoder);
        var shape = autoencoder.Shape;
        long stride = (long)Capacity * shape.Padded;
        for (var row = 0; row < order.Length; row++)
        {
            var input = pass.Input.Pointer + row * shape.Padded;
            var reconstruction = Reconstruction.Pointer + row * ReconstructionLength;
            pass.Code.Span.Slice(row * shape.Hidden, shape.Hidden).CopyTo(new(reconstruction, shape.Hidden));
            ReconstructionError.Compute(input, pass.Output.Pointer + row * shape.Padded, stride, lengths[row], shape.Padded,
                reconstruction + shape.Hidden);
            SequenceStatistics.Compute(input, stride, lengths[row], shape.Padded, statistics.Pointer);
            SequenceSpreads.Compute(statistics.Pointer, shape.Padded, Spreads.Pointer + row * SpreadsLength);
        }
    }

    /// <summary>Scales sequences into the rows of a pass and begins it.</summary>
    public static void Load(ISequences batch, ReadOnlySpan<int> order, AutoencoderPass pass, FeatureScaler scaler, int[] lengths)
    {
        for (var row = 0; row < order.Length; row++)
        {
            lengths[row] = batch.Length(order[row]);
            for (var t = 0; t < lengths[row]; t++) scaler.Apply(batch.Step(order[row], t), pass.InputRow(t, row));
        }
        pass.Begin(lengths.AsSpan(0, order.Length));
    }
}
