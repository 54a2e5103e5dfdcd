using System.Diagnostics.CodeAnalysis;

namespace IoMTAD.Inference.Networks;

/// <summary>The layers of a feed-forward network and where each one's parameters stand in one flat array; also the layout of its
/// gradient.</summary>
internal sealed class NetworkShape
{
    public const int MaxLayers = 64, MaxSide = 1 << 16, MaxValues = 1 << 16, MaxParameters = 1 << 26;

    private NetworkShape(Extent input, IReadOnlyList<PlacedLayer> layers)
    {
        (Input, Layers) = (input, layers);
        Length = layers[^1].End;
    }

    public Extent Input { get; }
    public Extent Output => Layers[^1].Output;
    public IReadOnlyList<PlacedLayer> Layers { get; }

    /// <summary>How many parameters there are, padding included.</summary>
    public int Length { get; }

    /// <exception cref="ArgumentException">The layers do not fit one another.</exception>
    public static NetworkShape Create(Extent input, params ReadOnlySpan<NetworkLayer> layers) =>
        TryCreate(input, layers, out var shape, out var error) ? shape : throw new ArgumentException(error, nameof(layers));

    /// <summary>Bounds are checked before anything of the size is allocated: the layers may come from a file.</summary>
    public static bool TryCreate(
        Extent input, ReadOnlySpan<NetworkLayer> layers,
        [NotNullWhen(true)] out NetworkShape? shape, [NotNullWhen(false)] out string? error)
    {
        (shape, error) = (null, null);
        if (!Fits(input.Steps) || !Fits(input.Channels) || !Fits(input.Stride) || input.Stride < input.Channels || TooLarge(input))
            error = $"{input} is no input of a network";
        else if (layers.Length is 0 or > MaxLayers) error = $"{layers.Length} layers are none or too many";
        if (error is not null) return false;
        var (placed, before, at) = (new PlacedLayer[layers.Length], input, 0);
        for (var i = 0; i < placed.Length; i++)
        {
            error = Misplaced(layers, i, before);
            if (error is not null) return false;
            error = $"{layers[i]} does not fit {before}";
            if (Form(layers[i], before) is not { } output || TooLarge(output)) return false;
            placed[i] = new(layers[i], before, output, Window(layers[i], before), at);
            error = $"more than {MaxParameters} parameters";
            if ((placed[i].Window.Size + 1L) * output.Stride + at > MaxParameters) return false;
            (before, at) = (output, placed[i].End);
        }
        (shape, error) = (new(input, placed), null);
        return true;
    }

    // The first layer reads the caller's vectors, which have no padding that a pool might read over and must not be written to.
    private static string? Misplaced(ReadOnlySpan<NetworkLayer> layers, int i, Extent before)
    {
        if (i == 0 && layers[0] is not (DenseLayer or ConvolutionLayer)) return $"{layers[0]} cannot be first";
        if (layers[i] is SoftmaxLayer && (i < layers.Length - 1 || before.Steps > 1)) return "softmax is the last layer, after a dense one";
        return null;
    }

    private static Extent? Form(NetworkLayer layer, Extent input) => layer switch
    {
        DenseLayer d when Fits(d.Units) => Extent.Padded(1, d.Units),
        ConvolutionLayer c when Fits(c.Filters) && c.Kernel >= 1 && c.Kernel <= input.Steps =>
            Extent.Padded(c.Same ? input.Steps : input.Steps - c.Kernel + 1, c.Filters),
        MaxPoolLayer p when p.Size >= 1 && p.Size <= input.Steps => input with { Steps = input.Steps / p.Size },
        GlobalPoolLayer { Kind: GlobalPool.MaxAndMean } => input with { Steps = 2 },
        GlobalPoolLayer { Kind: GlobalPool.Max or GlobalPool.Mean } => input with { Steps = 1 },
        ReluLayer or SoftmaxLayer => input,
        _ => null,
    };

    private static Extent Window(NetworkLayer layer, Extent input) => layer switch
    {
        DenseLayer => input,
        ConvolutionLayer c => input with { Steps = c.Kernel },
        _ => default,
    };

    private static bool Fits(int side) => side is >= 1 and <= MaxSide;

    private static bool TooLarge(Extent extent) => (long)extent.Steps * extent.Stride > MaxValues;
}
