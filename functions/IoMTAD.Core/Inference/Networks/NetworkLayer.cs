namespace IoMTAD.Inference.Networks;

/// <summary>One layer of a feed-forward network. Where it takes <c>[steps, channels]</c> and the next wants a vector, steps simply lie side
/// by side: there is no layer that flattens.</summary>
internal abstract record NetworkLayer;

/// <summary>All inputs times a matrix, plus a bias: <c>[steps, channels]</c> to <c>[1, Units]</c>.</summary>
internal sealed record DenseLayer(int Units) : NetworkLayer;

/// <summary>Every <see cref="Kernel"/> steps in a row times one matrix, plus a bias.</summary>
/// <param name="Same">Zeros stand in for the steps missing at both ends, (Kernel − 1) / 2 of them at the front, so that steps stay as many;
/// otherwise there are Kernel − 1 fewer.</param>
internal sealed record ConvolutionLayer(int Filters, int Kernel, bool Same = false) : NetworkLayer;

/// <summary>The largest of each <see cref="Size"/> steps, channel by channel; steps that do not fill a last group are left out.</summary>
internal sealed record MaxPoolLayer(int Size) : NetworkLayer;

/// <summary>All steps to one, channel by channel; to two where both are asked for: largest, then mean.</summary>
internal sealed record GlobalPoolLayer(GlobalPool Kind) : NetworkLayer;

/// <summary>max(0, x).</summary>
internal sealed record ReluLayer : NetworkLayer;

/// <summary>To probabilities; the last layer, after a dense one.</summary>
internal sealed record SoftmaxLayer : NetworkLayer;

internal enum GlobalPool : byte
{
    Max,
    Mean,
    MaxAndMean,
}
