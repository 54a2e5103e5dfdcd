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
    /// <summary>Keeps a bundle; all files or none. Keeping it again changes nothing.</summary>
    Task KeepAsync(string version, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellation);

    /// <summary>The bundle's files by name; null where it is not there.</summary>
    Task<IReadOnlyDictionary<string, byte[]>?> FindAsync(string version, CancellationToken cancellation);
}
