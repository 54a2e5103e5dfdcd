using IoMTAD.Inference.Networks;

namespace IoMTAD.Training.Models.Networks;

/// <summary>Vectors and what a network is to make of them.</summary>
internal sealed record FitData(IVectors Vectors, INetworkLoss Loss)
{
    /// <summary>Null, or why a network of this shape cannot be fitted to them.</summary>
    public string? Fault(NetworkShape shape) =>
        Vectors.Width == shape.Input.Size ? Loss.Fault(shape) : $"vectors of {Vectors.Width} values do not fit {shape.Input}";
}
