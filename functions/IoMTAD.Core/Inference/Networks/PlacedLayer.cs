namespace IoMTAD.Inference.Networks;

/// <summary>A layer in its place: what goes in and comes out, and where its parameters lie in the network's one flat array.</summary>
/// <param name="Window">What one output step sees of the input; empty for layers without parameters.</param>
/// <param name="Weights">Where <c>[Window.Size, Output.Stride]</c> weights begin; what belongs to padding is zero.</param>
internal sealed record PlacedLayer(NetworkLayer Layer, Extent Input, Extent Output, Extent Window, int Weights)
{
    /// <summary>Where <c>Output.Stride</c> biases begin.</summary>
    public int Bias => Weights + WeightCount;

    public int End => Bias + (HasWeights ? Output.Stride : 0);

    public int WeightCount => Window.Size * Output.Stride;

    public bool HasWeights => Window.Steps > 0;

    /// <summary>Whether the output overwrites the input.</summary>
    public bool InPlace => Layer is ReluLayer or SoftmaxLayer;

    /// <summary>Zeros ahead of a convolution's first step.</summary>
    public int Front => Layer is ConvolutionLayer { Same: true } c ? (c.Kernel - 1) / 2 : 0;
}
