using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>−w·log p of the row's class, w being the class's weight. Weights average 1 over the training data, so that the mean over any
/// batch estimates the same loss.</summary>
/// <param name="smoothing">Share of the target that is spread over all classes (Szegedy et al. 2016), in learning alone.</param>
internal sealed unsafe class CrossEntropyLoss(ReadOnlyMemory<int> labels, float[] weights, float smoothing) : INetworkLoss
{
    // Probabilities that single precision rounds to zero would cost infinity.
    private const float Smallest = 1e-30f;

    public double Learn(int row, float* input, float* output, float* error)
    {
        var label = labels.Span[row];
        var weight = weights[label];
        var (rest, spread) = (1 - smoothing, smoothing / weights.Length);
        for (var c = 0; c < weights.Length; c++) error[c] = weight * (output[c] - spread - (c == label ? rest : 0));
        return Measure(row, input, output);
    }

    public double Measure(int row, float* input, float* output)
    {
        var label = labels.Span[row];
        return -weights[label] * Math.Log(Math.Max(output[label], Smallest));
    }

    public string? Fault(NetworkShape shape)
    {
        if (labels.Span.ContainsAnyExceptInRange(0, weights.Length - 1)) return $"labels are not all of {weights.Length} classes";
        return shape.Layers[^1].Layer is SoftmaxLayer && shape.Output.Channels == weights.Length ? null
            : $"the network's last layer is no softmax over {weights.Length} classes";
    }
}
