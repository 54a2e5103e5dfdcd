using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IoMTAD.Inference.Networks;

/// <summary>A shape as a line of text, and back: <c>input 10 39 48, convolution 64 3 valid, relu, pool max mean, dense 19, softmax</c>,
/// where the input's numbers are steps, channels and stride.</summary>
internal static class NetworkText
{
    private const int MaxText = 8192;

    public static string Write(NetworkShape shape) => string.Join(", ",
        shape.Layers.Select(l => Word(l.Layer)).Prepend(Join("input", shape.Input.Steps, shape.Input.Channels, shape.Input.Stride)));

    public static bool TryRead(string text, [NotNullWhen(true)] out NetworkShape? shape, [NotNullWhen(false)] out string? error)
    {
        (shape, error) = (null, "the network's layers are not given as text");
        if (text.Length > MaxText) return false;
        var parts = text.Split(", ");
        if (!TryNumbers(parts[0].Split(' '), "input", 3, out var sides)) return false;
        var layers = new NetworkLayer[parts.Length - 1];
        for (var i = 0; i < layers.Length; i++)
        {
            error = $"'{parts[i + 1]}' is no layer";
            if (Layer(parts[i + 1].Split(' ')) is not { } layer) return false;
            layers[i] = layer;
        }
        return NetworkShape.TryCreate(new(sides[0], sides[1], sides[2]), layers, out shape, out error);
    }

    private static string Word(NetworkLayer layer) => layer switch
    {
        DenseLayer d => Join("dense", d.Units),
        ConvolutionLayer c => Join("convolution", c.Filters, c.Kernel) + (c.Same ? " same" : " valid"),
        MaxPoolLayer p => Join("maxpool", p.Size),
        GlobalPoolLayer { Kind: GlobalPool.Max } => "pool max",
        GlobalPoolLayer { Kind: GlobalPool.Mean } => "pool mean",
        GlobalPoolLayer => "pool max mean",
        ReluLayer => "relu",
        SoftmaxLayer => "softmax",
        _ => throw new ArgumentException($"{layer} has no text", nameof(layer)),
    };

    private static NetworkLayer? Layer(string[] words) => words switch
    {
        ["dense", _] when TryNumbers(words, "dense", 1, out var n) => new DenseLayer(n[0]),
        ["convolution", .., "valid" or "same"] when TryNumbers(words[..^1], "convolution", 2, out var n) =>
            new ConvolutionLayer(n[0], n[1], words[^1] == "same"),
        ["maxpool", _] when TryNumbers(words, "maxpool", 1, out var n) => new MaxPoolLayer(n[0]),
        ["pool", "max"] => new GlobalPoolLayer(GlobalPool.Max),
        ["pool", "mean"] => new GlobalPoolLayer(GlobalPool.Mean),
        ["pool", "max", "mean"] => new GlobalPoolLayer(GlobalPool.MaxAndMean),
        ["relu"] => new ReluLayer(),
        ["softmax"] => new SoftmaxLayer(),
        _ => null,
    };

    private static bool TryNumbers(string[] words, string name, int count, out int[] numbers)
    {
        numbers = new int[count];
        if (words.Length != count + 1 || words[0] != name) return false;
        for (var i = 0; i < count; i++)
            if (!int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        return true;
    }

    private static string Join(string name, params ReadOnlySpan<int> numbers)
    {
        foreach (var n in numbers) name += string.Create(CultureInfo.InvariantCulture, $" {n}");
        return name;
    }
}
