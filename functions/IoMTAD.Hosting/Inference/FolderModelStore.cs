using IoMTAD.Inference;

namespace IoMTAD.Hosting.Inference;

/// <summary>Bundles as folders in the event store's folder.</summary>
/// <param name="store">The event store's folder.</param>
public sealed class FolderModelStore(string store) : IModelStore
{
    public string FolderOf(string version) => Path.Combine(store, "models", StoredBundle.FolderName(version));

    public async Task KeepAsync(string version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellation = default)
    {
        var ordered = StoredBundle.Ordered(version, files);
        if ((await LoadAsync(version, cancellation)).Model is not null) return;
        var (folder, partial) = (FolderOf(version), FolderOf(version) + ".new");
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        foreach (var (name, bytes) in ordered) await File.WriteAllBytesAsync(Path.Combine(partial, name), bytes, cancellation);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(partial, folder);
    }

    public async Task<ModelLoad> LoadAsync(string version, CancellationToken cancellation = default)
    {
        var (folder, files) = (FolderOf(version), new Dictionary<string, byte[]>(StringComparer.Ordinal));
        if (Directory.Exists(folder))
            foreach (var path in Directory.EnumerateFiles(folder))
                files[Path.GetFileName(path)] = await File.ReadAllBytesAsync(path, cancellation);
        return StoredBundle.Load(folder, version, files);
    }
}
