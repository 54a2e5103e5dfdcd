namespace IoMTAD.Training.Models.Networks;

/// <summary>Vectors and what a network is to make of them.</summary>
internal sealed record FitData(IVectors Vectors, INetworkLoss Loss);
