using IoMTAD.Hosting.Inference;
using IoMTAD.Tests;
using IoMTAD.Tests.Inference;

namespace IoMTAD.Local.Tests.Inference;

public sealed class FolderModelStoreTests : ModelStoreContract
{
    private readonly TemporaryFolder folder = new();

    private FolderModelStore Store => new(folder.Path);

    protected override Task<IModelStore> OpenAsync() => Task.FromResult<IModelStore>(Store);

    protected override Task<byte[]> ReadAsync(string version, string file) => File.ReadAllBytesAsync(Path.Combine(Store.FolderOf(version), file));

    protected override async Task<string> OverwriteAsync(string version, string file, byte[]? bytes)
    {
        var path = Path.Combine(Store.FolderOf(version), file);
        if (bytes is null) File.Delete(path);
        else await File.WriteAllBytesAsync(path, bytes);
        return Store.FolderOf(version);
    }

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }
}
