using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IoMTAD.Capture;
using IoMTAD.Training.Datasets;
using Microsoft.Extensions.Logging;

namespace IoMTAD.Functions.Training;

/// <summary>Datasets in a storage account: the blobs below a prefix are laid out as the files of a dataset are, with <c>inventory.json</c> beside
/// them where captures name their devices.</summary>
/// <remarks>Steps of a run that fall on the same worker read once: the dataset is held while anybody uses it.</remarks>
public sealed class BlobTrainingData(BlobServiceClient account, ILogger<BlobTrainingData> log) : ITrainingData
{
    private const string InventoryFile = "inventory.json";

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly WeakReference<Dataset?> held = new(null);
    private string? heldIdentity;

    public async Task<Dataset> ReadAsync(string place, CancellationToken cancellation)
    {
        var (name, prefix) = Split(place);
        var container = account.GetBlobContainerClient(name);
        await gate.WaitAsync(cancellation);
        try
        {
            var blobs = await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation).ToListAsync(cancellation);
            var identity = $"{name}/{prefix}\n{string.Join('\n', blobs.Select(b => $"{b.Name} {b.Properties.ETag}"))}";
            if (identity == heldIdentity && held.TryGetTarget(out var known) && known is not null) return known;
            var data = await DownloadAsync(container, prefix, blobs, cancellation);
            held.SetTarget(data);
            heldIdentity = identity;
            return data;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            throw new InvalidDataException($"there is no container '{name}' to learn from", e);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Dataset> DownloadAsync(BlobContainerClient container, string prefix, List<BlobItem> blobs, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("iomtad-training-").FullName;
        try
        {
            foreach (var blob in blobs)
            {
                if (FileOf(folder, blob.Name[prefix.Length..]) is not { } file) continue;
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await container.GetBlobClient(blob.Name).DownloadToAsync(file, cancellation);
            }
            return await Task.Run(() => Read(folder), cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>Null for a name that leads out of the folder: names are anybody's who may write blobs.</returns>
    internal static string? FileOf(string folder, string name) =>
        Path.GetFullPath(Path.Combine(folder, name)) is var file && file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? file
            : null;

    /// <summary>Nobody is there to mend a file: what cannot be read is skipped, and said.</summary>
    private Dataset Read(string folder)
    {
        var inventory = Path.Combine(folder, InventoryFile);
        var reading = new DatasetReading(Lenient: true, Inventory: File.Exists(inventory) ? DeviceInventory.Parse(File.ReadAllBytes(inventory)) : null);
        var load = new DatasetReader(reading).Read(folder, DatasetFolder.Train, DatasetFolder.Test);
        string[] problems = [.. load.Problems.Select(p => p.Replace(folder, "", StringComparison.Ordinal).TrimStart(Path.DirectorySeparatorChar))];
        foreach (var problem in problems) log.LogWarning("Skipped of the training data: {Problem}", problem);
        return load.Dataset ?? throw new InvalidDataException($"there is no data to learn from: {problems.FirstOrDefault()}");
    }

    /// <summary><c>container/prefix</c>; a prefix ends where a folder would.</summary>
    private static (string Container, string Prefix) Split(string place)
    {
        var parts = place.Trim('/').Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] + '/' : "");
    }
}
