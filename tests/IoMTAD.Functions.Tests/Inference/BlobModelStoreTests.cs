using System.Globalization;
using Azure.Storage.Blobs;
using IoMTAD.Functions.Inference;
using IoMTAD.Hosting.Inference;
using IoMTAD.Tests.Inference;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Inference;

public sealed class BlobModelStoreTests(Azurite azurite) : ModelStoreContract
{
    private static int containers;
    private BlobContainerClient container = null!;

    [Fact]
    public async Task A_storage_that_refuses_is_named_without_a_secret()
    {
        await using var storage = await HttpReceiver.StartAsync();
        storage.Answer = HttpReceiver.Refuse(403, "", "x-ms-error-code", "AuthorizationFailure");
        const string Signature = "sig=secret";
        var address = new Uri(storage.Url, $"/account/models?{Signature}");
        var store = new BlobModelStore(new BlobContainerClient(address, new BlobClientOptions { Retry = { MaxRetries = 0 } }));
        foreach (var work in (Func<Task>[])[() => store.LoadAsync(Model.Version), () => store.KeepAsync(Model.Version, Model.Files)])
        {
            var fault = await Assert.ThrowsAsync<IOException>(work);
            Assert.Contains("account/models refuses: AuthorizationFailure", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
        }
    }

    protected override async Task<IModelStore> OpenAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"models{Interlocked.Increment(ref containers)}");
        container = new BlobContainerClient(await azurite.ConnectionStringAsync(), name);
        return new BlobModelStore(container);
    }

    protected override async Task<string> OverwriteAsync(string version, string file, byte[]? bytes)
    {
        var blob = Blob(version, file);
        if (bytes is null) await blob.DeleteAsync();
        else await blob.UploadAsync(new BinaryData(bytes), overwrite: true);
        return $"{container.Name}/{StoredBundle.FolderName(version)}";
    }

    protected override async Task<byte[]> ReadAsync(string version, string file) => (await Blob(version, file).DownloadContentAsync()).Value.Content.ToArray();

    private BlobClient Blob(string version, string file) => container.GetBlobClient($"{StoredBundle.FolderName(version)}/{file}");
}
