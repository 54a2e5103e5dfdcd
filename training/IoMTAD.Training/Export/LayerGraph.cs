using IoMTAD.Inference.Onnx;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>The layers of feed-forward networks. Sequences are float <c>[N, steps, channels]</c>, vectors <c>[N, values]</c>.</summary>
/// <remarks>Weights keep the layout that the managed kernels have, so that they are read as they lie; a runtime folds the transposes of
/// constants when it loads the model.</remarks>
internal static class LayerGraph
{
    /// <summary>The steps of each sequence side by side, <c>[N, steps · channels]</c>.</summary>
    public static string Flatten(OnnxGraph graph, string x) => graph.Add("Flatten", [x]);

    /// <param name="x">Vectors.</param>
    /// <param name="weights"><c>[inputs, outputs]</c>, stored as <paramref name="name"/><c>/weights</c>.</param>
    /// <param name="bias">Per output, stored as <paramref name="name"/><c>/biases</c>.</param>
    public static string Dense(OnnxGraph graph, string x, string name, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var product = graph.MatMul(x, graph.Weights($"{name}/weights", weights, weights.Length / bias.Length, bias.Length));
        return graph.Plus(product, graph.Weights($"{name}/biases", bias, bias.Length));
    }

    /// <param name="x">Sequences.</param>
    /// <param name="weights"><c>[kernel, channels, filters]</c>, stored as <paramref name="name"/><c>/weights</c>.</param>
    /// <param name="bias">Per filter, stored as <paramref name="name"/><c>/biases</c>.</param>
    /// <param name="same">Zeros stand in for missing steps, (kernel − 1) / 2 of them at the front, so that steps stay as many.</param>
    public static string Convolution(
        OnnxGraph graph, string x, string name, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int kernel, bool same)
    {
        var channels = weights.Length / kernel / bias.Length;
        var matrix = graph.Transpose(graph.Weights($"{name}/weights", weights, kernel, channels, bias.Length), 2, 1, 0);
        long front = same ? (kernel - 1) / 2 : 0, back = same ? kernel - 1 - front : 0;
        var offsets = graph.Weights($"{name}/biases", bias, bias.Length);
        return StepsLast(graph, x, last => graph.Add("Conv", [last, matrix, offsets], OnnxAttribute.Of("pads", [front, back])));
    }

    /// <summary>The largest of each group of steps, channel by channel; a last group that is not full is left out.</summary>
    public static string MaxPool(OnnxGraph graph, string x, int size) => StepsLast(graph, x, last =>
        graph.Add("MaxPool", [last], OnnxAttribute.Of("kernel_shape", [(long)size]), OnnxAttribute.Of("strides", [(long)size])));

    /// <summary>The largest of all steps, <c>[N, channels]</c>.</summary>
    public static string GlobalMax(OnnxGraph graph, string x) => graph.Most(x, 1);

    /// <summary>The mean of all steps, <c>[N, channels]</c>.</summary>
    public static string GlobalMean(OnnxGraph graph, string x) => graph.Mean(x, 1);

    public static string Relu(OnnxGraph graph, string x) => graph.Add("Relu", [x]);

    /// <param name="x">Vectors.</param>
    public static string Softmax(OnnxGraph graph, string x) => graph.Add("Softmax", [x], OnnxAttribute.Of("axis", 1));

    private static string StepsLast(OnnxGraph graph, string x, Func<string, string> layer) =>
        graph.Transpose(layer(graph.Transpose(x, 0, 2, 1)), 0, 2, 1);
}
