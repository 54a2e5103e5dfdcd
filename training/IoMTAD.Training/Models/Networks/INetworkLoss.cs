using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>What a network is to make small. Immutable and shared by shards.</summary>
internal unsafe interface INetworkLoss
{
    /// <param name="row">Index of the vector in the data.</param>
    /// <param name="input">The vector, before noise.</param>
    /// <param name="output">What the network made of it.</param>
    /// <param name="error">Takes the derivative as <see cref="NetworkGradient.OutputError"/> wants it, of the loss with what is added to it
    /// for training alone.</param>
    /// <returns>The loss, without what is added for training.</returns>
    double Learn(int row, float* input, float* output, float* error);

    double Measure(int row, float* input, float* output);

    /// <summary>Null, or why a network of this shape cannot be trained for it.</summary>
    string? Fault(NetworkShape shape);
}
