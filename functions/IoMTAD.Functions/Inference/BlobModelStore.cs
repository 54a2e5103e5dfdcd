using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IoMTAD.Hosting.Inference;
using IoMTAD.Inference;

namespace IoMTAD.Functions.Inference;

/// <summary>Bundles as blobs, <c>ward-0123456789abcdef/manifest.json</c> and so on, in one container.</summary>
/// <param name="container">Made with the first bundle, where it is missing.</param>
public sealed class BlobModelStore(BlobContainerClient container) : IModelStore
{
    public async Task KeepAsync(string version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellation = default)
    {
        var ordered = StoredBundle.Ordered(version, files);
        if ((await LoadAsync(version, cancellation)).Model is not null) return;
        await TellAsync(async () =>
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
            // A blob appears when all of it has been sent. Whoever keeps the same version at the same time writes the same bytes.
            var folder = StoredBundle.FolderName(version);
            foreach (var (name, bytes) in ordered)
                await container.GetBlobClient($"{folder}/{name}").UploadAsync(new BinaryData(bytes), overwrite: true, cancellation);
            return true;
        });
    }

    public async Task<ModelLoad> LoadAsync(string version, CancellationToken cancellation = default)
    {
        var folder = StoredBundle.FolderName(version);
        var files = await TellAsync(async () =>
        {
            var read = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            try
            {
                await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{folder}/", cancellation))
                {
                    var content = (await container.GetBlobClient(blob.Name).DownloadContentAsync(cancellation)).Value.Content;
                    read[blob.Name[(folder.Length + 1)..]] = content.ToArray();
                }
            }
            catch (RequestFailedException e)
                when (e.ErrorCode == BlobErrorCode.ContainerNotFound || e.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                // Nothing was kept yet, or a file went while it was read: what is left says which.
            }
            return read;
        });
        return StoredBundle.Load($"{container.Name}/{folder}", version, files);
    }

    private async Task<T> TellAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        // The second kind is what remains of several tries without an answer.
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Only the code: messages repeat the request's headers.
            var reason = e is RequestFailedException { ErrorCode.Length: > 0 } refused ? refused.ErrorCode : "no answer";
            throw new IOException($"the storage of models at {container.Uri.GetLeftPart(UriPartial.Path)} refuses: {reason}", e);
        }
    }
}
