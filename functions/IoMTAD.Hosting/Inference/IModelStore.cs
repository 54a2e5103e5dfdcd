using IoMTAD.Inference;

namespace IoMTAD.Hosting.Inference;

/// <summary>Promoted bundles, by version: what is in use stays, whatever becomes of the place where it was trained.</summary>
public interface IModelStore
{
    /// <summary>Keeps a bundle, unless it is there already; nobody can load it before it is whole. One that was damaged is mended.</summary>
    /// <param name="files">The bundle's files by name, as <see cref="AnomalyModel.Files"/> has them; others beside them are kept too.</param>
    /// <exception cref="ArgumentException">They are no bundle of that version.</exception>
    /// <exception cref="IOException">The store cannot be reached or written.</exception>
    Task KeepAsync(string version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellation = default);

    /// <returns>The model, or why there is none: a text that names the place. A bundle of another version is such a reason.</returns>
    /// <exception cref="IOException">The store cannot be reached or read.</exception>
    Task<ModelLoad> LoadAsync(string version, CancellationToken cancellation = default);
}
