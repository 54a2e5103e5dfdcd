using IoMTAD.Inference;
using IoMTAD.Training.Datasets;

namespace IoMTAD.Functions.Training;

/// <summary>Where datasets come from.</summary>
public interface ITrainingData
{
    /// <summary>The dataset, both parts; the same object while it is in memory and unchanged at its place.</summary>
    /// <exception cref="InvalidDataException">There is none, or nothing of it can be read.</exception>
    Task<Dataset> ReadAsync(string place, CancellationToken cancellation);
}

/// <summary>Bundles of versions that are, or were, in use.</summary>
public interface IPromotedBundles
{
    /// <summary>Keeps a bundle, all files or none, unless it is there already.</summary>
    Task KeepAsync(string version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellation);

    /// <returns>The model, or why there is none.</returns>
    Task<ModelLoad> LoadAsync(string version, CancellationToken cancellation);
}
